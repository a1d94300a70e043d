from urllib.parse import unquote_to_bytes


class BadRequest(Exception):
    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Request:
    def __init__(self, method, target, version):
        self.method = method
        self.target = target
        self.version = version
        self.headers = {}
        self.body = b""
        if "?" in target:
            path, self.query = target.split("?", 1)
        else:
            path, self.query = target, ""
        self.path = unquote_to_bytes(path)

    @property
    def fields(self):
        return list(self.headers.items())

    def field(self, name):
        return self.headers.get(name)


class RequestParser:
    def __init__(self):
        self.buffer = b""

    def feed(self, data):
        self.buffer += data
        if len(self.buffer) > 300000:
            raise BadRequest(431, "too much")
        if b"\r\n\r\n" not in self.buffer:
            if b"\r\n" not in self.buffer and len(self.buffer) > 60000:
                raise BadRequest(414, "too long")
            return None
        head, rest = self.buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("iso-8859-1").split("\r\n")
        parts = lines[0].split()
        if len(parts) != 3:
            raise BadRequest(400, "request line")
        request = Request(*parts)
        if not request.version.startswith("HTTP/"):
            raise BadRequest(400, "version")
        if request.version not in ("HTTP/1.0", "HTTP/1.1"):
            raise BadRequest(505, "version")
        for line in lines[1:]:
            if ":" not in line:
                raise BadRequest(400, "header")
            name, value = line.split(":", 1)
            request.headers[name.strip().lower()] = value.strip()
        if "host" not in request.headers and request.version == "HTTP/1.1":
            raise BadRequest(400, "host")
        if "transfer-encoding" in request.headers:
            raise BadRequest(501, "transfer-encoding")
        length = request.headers.get("content-length", "0")
        if not length.isdigit():
            raise BadRequest(400, "content-length")
        if len(rest) < int(length):
            return None
        request.body = rest[:int(length)]
        self.buffer = rest[int(length):]
        return request
