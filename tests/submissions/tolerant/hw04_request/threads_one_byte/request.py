import re
from collections import namedtuple
from urllib.parse import unquote_to_bytes


class BadRequest(ValueError):
    status = 400
    reason = "Bad Request"

    def __init__(self, status=400, reason="Bad Request"):
        self.status = status
        self.reason = reason


class TooLarge(BadRequest):
    pass


class Request(namedtuple("Request", "method target path query version fields body")):
    def field(self, name):
        return ", ".join(v for n, v in self.fields if n == name) if any(n == name for n, _ in self.fields) else None


CR, LF = 13, 10


def pieces():
    """A generator that is sent bytes, and yields a Request when there is one, else None."""
    request = None
    while True:
        head = bytearray()
        while True:
            byte = yield request
            request = None
            if byte == LF and head[-1:] != b"\r":
                raise BadRequest(400, "LF alone")
            head.append(byte)
            if head == b"\r\n":
                head.clear()
            if head.endswith(b"\r\n\r\n"):
                break
            if b"\n" not in head[:9000] and len(head) > 9000:
                raise BadRequest(414, "URI Too Long")
            if len(head) > 99999:
                raise TooLarge(431, "Request Header Fields Too Large")
        made, length = parse(bytes(head[:-4]))
        body = bytearray()
        while len(body) < length:
            body.append((yield None))
        request = made._replace(body=bytes(body))


def parse(head):
    line, *lines = head.split(b"\r\n")
    found = re.fullmatch(rb"([\w!#$%&'*+.^`|~-]+) ([!-~]+) HTTP/([0-9]\.[0-9])", line, re.ASCII)
    if not found:
        raise BadRequest
    method, target, version = (part.decode() for part in found.groups())
    if version[0] != "1":
        raise BadRequest(505, "HTTP Version Not Supported")
    fields = []
    for line in lines:
        found = re.fullmatch(rb"([\w!#$%&'*+.^`|~-]+):[ \t]*(.*?)[ \t]*", line, re.ASCII)
        if not found or re.search(rb"[\0-\x08\x0a-\x1f\x7f]", found[2]):
            raise BadRequest
        fields.append((found[1].decode().lower(), found[2].decode("latin-1")))
    names = [name for name, _ in fields]
    if names.count("host") > 1 or version != "1.0" and "host" not in names:
        raise BadRequest
    if "transfer-encoding" in names:
        raise BadRequest(501, "Not Implemented")
    lengths = [value for name, value in fields if name == "content-length"] or ["0"]
    if len({*lengths}) > 1 or not re.fullmatch("[0-9]{1,6}", lengths[0], re.ASCII):
        raise BadRequest
    path, query = split(target, method)
    return Request(method, target, path, query, "HTTP/" + version, fields, b""), int(lengths[0])


def split(target, method):
    if method == "CONNECT" or method + target == "OPTIONS*":
        return target.encode(), ""
    target = re.sub("^https?://[^/]+", "", target, count=1, flags=re.I) or "/"
    if not target.startswith("/"):
        raise BadRequest
    path, _, query = target.partition("?")
    return unquote_to_bytes(path), query


class RequestParser:
    def __init__(self):
        self.machine = pieces()
        self.machine.send(None)
        self.kept = []

    def feed(self, data):
        self.kept += data
        for number, byte in enumerate(self.kept, 1):
            if request := self.machine.send(byte):
                del self.kept[:number]
                return request
        self.kept.clear()
        return None
