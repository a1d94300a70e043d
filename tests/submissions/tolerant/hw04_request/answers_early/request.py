import re
from types import SimpleNamespace
from urllib.parse import unquote_to_bytes

TCHAR = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]"
LINE = re.compile(rb"(" + TCHAR + rb"+) ([!-~]+) HTTP/(\d)\.(\d)\r?\n")
FIELD = re.compile(rb"(" + TCHAR + rb"+):[ \t]*((?:[^\r\n]|\r?\n[ \t]+)*?)[ \t]*\r?\n")
EMPTY = re.compile(rb"(?:\r?\n)+")


class BadRequest(Exception):
    def __init__(self, status, reason):
        self.status, self.reason = status, reason


class Request(SimpleNamespace):
    def field(self, name):
        found = [v for n, v in self.fields if n == name]
        return ", ".join(found) if found else None


class RequestParser:
    def __init__(self):
        self.data = b""
        self.head = None

    def feed(self, data):
        self.data += data
        if self.head is None:
            if empty := EMPTY.match(self.data):
                self.data = self.data[empty.end():]
            if re.search(rb"\n\r?\n", self.data):
                self.head = self.parse()
            else:
                line, lf, fields = self.data.partition(b"\n")
                if len(line) > 60000:
                    raise BadRequest(414, "too long")
                if len(fields) > 200000:
                    raise BadRequest(431, "too large")
        if self.head is None or len(self.data) < self.head.length:
            return None
        head, self.head = self.head, None
        head.body, self.data = self.data[:head.length], self.data[head.length:]
        return head

    def parse(self):
        line = LINE.match(self.data)
        if not line:
            raise BadRequest(400, "no request-line")
        method, target, major, minor = line.groups()
        if len(line[0]) > 60000:
            raise BadRequest(414, "too long")
        if major != b"1":
            raise BadRequest(505, "not my version")
        place, fields = line.end(), []
        while field := FIELD.match(self.data, place):
            value = re.sub(rb"\r?\n[ \t]+|[\x00-\x08\x0b-\x1f\x7f]", b" ", field[2])
            fields.append((field[1].decode().lower(), value.decode("latin-1")))
            place = field.end()
        end = EMPTY.match(self.data, place)
        if not end:
            raise BadRequest(400, "no field-line")
        self.data = self.data[place:].removeprefix(b"\r").removeprefix(b"\n")
        request = Request(method=method.decode(), target=target.decode(), version=f"HTTP/1.{minor.decode()}", fields=fields)
        names = [name for name, _ in fields]
        if names.count("host") > 1 or minor != b"0" and "host" not in names:
            raise BadRequest(400, "Host")
        if "transfer-encoding" in names:
            raise BadRequest(501, "coded")
        lengths = {
            part.strip(" \t")
            for name, value in fields
            if name == "content-length"
            for part in value.split(",")
        }
        if len(lengths) > 1 or not all(re.fullmatch("[0-9]+", part, re.ASCII) for part in lengths):
            raise BadRequest(400, "Content-Length")
        length = lengths.pop() if lengths else "0"
        if len(length) > 9:
            raise BadRequest(413, "too much")
        request.length = int(length)
        request.path, request.query = self.target(target, method)
        return request

    def target(self, target, method):
        if absolute := re.match(rb"(?i)https?://[^/?]+", target):
            target = target[absolute.end():]
            target = target if target[:1] == b"/" else b"/" + target
        elif method == b"CONNECT" or (method, target) == (b"OPTIONS", b"*"):
            return target, ""
        if not target.startswith(b"/") or re.search(rb"%(?![0-9A-Fa-f]{2})", target):
            raise BadRequest(400, "target")
        path, _, query = target.partition(b"?")
        return unquote_to_bytes(path), query.decode()
