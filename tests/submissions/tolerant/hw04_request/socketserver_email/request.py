import http.client
import io
import re
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote_to_bytes


class HTTPError(Exception):
    pass


class BadRequest(HTTPError):
    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = HTTPStatus(status)
        self.reason = reason


@dataclass
class Request:
    method: str
    target: str
    path: bytes
    query: str
    version: str
    fields: list = field(default_factory=list)
    body: bytes = b""

    def field(self, name):
        return ", ".join(value for key, value in self.fields if key == name) if name in dict(self.fields) else None


class RequestParser:
    def __init__(self):
        self.buffer = io.BytesIO()

    def feed(self, data):
        rest = self.buffer.getvalue() + data
        self.buffer = io.BytesIO(rest)
        self.buffer.seek(0, io.SEEK_END)
        return self.next(rest)

    def next(self, rest):
        lines = rest.split(b"\n")
        while len(lines) > 1 and lines[0] in (b"", b"\r"):
            del lines[0]
        if len(lines[0]) > 10000:
            raise BadRequest(414, "long")
        for count, line in enumerate(lines[1:-1], 1):
            if line in (b"", b"\r"):
                break
        else:
            if sum(map(len, lines)) > 100_000 or len(lines) > 5000:
                raise BadRequest(431, "large")
            return None
        body = b"\n".join(lines[count + 1:])
        request = self.request_line(lines[0].removesuffix(b"\r"))
        for line in lines[1:count]:
            if not re.fullmatch(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\0]*\r?", line):
                raise BadRequest(400, "field-line")
        text = b"\r\n".join(line.removesuffix(b"\r") for line in lines[1:count]) + b"\r\n\r\n"
        http.client._MAXHEADERS = 10_000
        message = http.client.parse_headers(io.BytesIO(re.sub(rb"[\x0b\x0c\x1c-\x1f\x85]", b"?", text)))
        values = [line.removesuffix(b"\r").partition(b":")[2].strip(b" \t").decode("latin-1") for line in lines[1:count]]
        request.fields = [(name.lower(), value) for name, value in zip(message.keys(), values, strict=True)]
        length = self.length(request, message)
        if len(body) < length:
            return None
        request.body = body[:length]
        self.buffer = io.BytesIO(body[length:])
        self.buffer.seek(0, io.SEEK_END)
        return request

    def request_line(self, line):
        match line.split(b" "):
            case [method, target, version]:
                pass
            case _:
                raise BadRequest(400, "three parts")
        if not re.fullmatch(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+", method) or not re.fullmatch(rb"[!-~]+", target):
            raise BadRequest(400, "not allowed there")
        if version not in (b"HTTP/1.0", b"HTTP/1.1"):
            raise BadRequest(505, "version")
        text = target.decode()
        rest = text
        if text[:7].lower() == "http://" and len(text) > 7:
            rest = "/" + text[7:].partition("/")[2]
        elif text == "*" and method == b"OPTIONS" or method == b"CONNECT":
            return Request(method.decode(), text, target, "", version.decode())
        if rest[0] != "/":
            raise BadRequest(400, "target")
        path, _, query = rest.partition("?")
        return Request(method.decode(), text, unquote_to_bytes(path), query, version.decode())

    def length(self, request, message):
        hosts = message.get_all("Host", [])
        if len(hosts) != 1 and (hosts or request.version == "HTTP/1.1"):
            raise BadRequest(400, "Host")
        if "Transfer-Encoding" in message:
            raise BadRequest(400 if "Content-Length" in message else 501, "coding")
        lengths = [value.strip(" \t") for value in message.get_all("Content-Length", ["0"])]
        if len(lengths) > 1 or not (lengths[0].isascii() and lengths[0].isdecimal()) or len(lengths[0]) > 7:
            raise BadRequest(400, "length")
        return int(lengths[0])
