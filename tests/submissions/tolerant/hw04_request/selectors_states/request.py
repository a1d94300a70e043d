"""Byte after byte through a machine with a state for each place in a request."""
import string
import urllib.parse

TOKEN = (string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~").encode()
DIGITS = b"0123456789"
HEX = b"0123456789abcdefABCDEF"


class BadRequest(Exception):
    def __init__(self, status, reason):
        Exception.__init__(self, status, reason)
        self.status, self.reason = status, reason


class Request:
    def __init__(self):
        self.method = self.target = self.query = self.version = ""
        self.path, self.fields, self.body = b"", [], bytearray()

    def field(self, name):
        values = [value for other, value in self.fields if other == name]
        return ", ".join(values) if values else None


class RequestParser:
    def __init__(self):
        self.pending = bytearray()
        self.begin()

    def begin(self):
        self.request, self.state, self.line, self.lines, self.size = Request(), self.start, bytearray(), [], 0
        self.left = 0

    def feed(self, data):
        self.pending += data
        taken = 0
        for byte in self.pending:
            taken += 1
            if self.state(byte):
                break
        else:
            self.pending.clear()
            return None
        del self.pending[:taken]
        request = self.request
        request.body = bytes(request.body)
        self.begin()
        return request

    def start(self, byte):
        if byte not in b"\r\n":
            self.state = self.request_line
            return self.state(byte)
        return False

    def request_line(self, byte):
        if byte == 10:
            self.parse_line(bytes(self.line).removesuffix(b"\r"))
            self.line, self.state = bytearray(), self.field_line
            return False
        self.line.append(byte)
        if len(self.line) > 8100:
            raise BadRequest(414, "the line is too long")
        return False

    def field_line(self, byte):
        self.size += 1
        if self.size > 1 << 17:
            raise BadRequest(431, "too many fields")
        if byte != 10:
            self.line.append(byte)
            return False
        line, self.line = bytes(self.line).removesuffix(b"\r"), bytearray()
        if line:
            self.lines.append(line)
            return False
        for line in self.lines:
            self.parse_field(line)
        self.left = self.check()
        self.state = self.body
        return self.left == 0

    def body(self, byte):
        self.request.body.append(byte)
        self.left -= 1
        return self.left == 0

    def parse_line(self, line):
        request = self.request
        words = line.decode("latin-1").split()  # any white space separates
        if len(words) != 3 or not all(33 <= ord(c) <= 126 for word in words for c in word):
            raise BadRequest(400, "three words")
        request.method, request.target, request.version = words
        if not all(byte in TOKEN for byte in request.method.encode()):
            raise BadRequest(400, "no method")
        name, slash, number = request.version.partition("/")
        if name != "HTTP" or len(number) != 3 or number[1] != "." or not (number[0] + number[2]).isdigit():
            raise BadRequest(400, "no version")
        if number[0] != "1":
            raise BadRequest(505, "another version")
        self.parse_target()

    def parse_target(self):
        request = self.request
        target = request.target
        scheme = target[:target.find("://")].lower() if "://" in target else ""
        if scheme in ("http", "https"):
            rest = target.split("://", 1)[1]
            cut = min([rest.find(c) for c in "/?" if c in rest], default=len(rest))
            target = rest[cut:] if rest[cut:cut + 1] == "/" else "/" + rest[cut:]
        elif request.method == "CONNECT" or target == "*" and request.method == "OPTIONS":
            request.path = target.encode()
            return
        if target[0] != "/":
            raise BadRequest(400, "no path")
        path, _, request.query = target.partition("?")
        for i, c in enumerate(path):
            if c == "%" and not (len(path) > i + 2 and all(ord(x) in HEX for x in path[i + 1:i + 3])):
                raise BadRequest(400, "no percent-encoding")
        request.path = urllib.parse.unquote_to_bytes(path)

    def parse_field(self, line):
        if line[0] in b" \t":
            if not self.request.fields:
                return  # RFC 9112, section 2.2: nothing that could go on
            name, value = self.request.fields.pop()
            self.request.fields.append((name, f"{value} {line.strip().decode('latin-1')}"))
            return
        name, colon, value = line.partition(b":")
        if not name or not colon or not all(byte in TOKEN for byte in name) or b"\0" in value or b"\r" in value:
            raise BadRequest(400, "no field")
        self.request.fields.append((name.decode().lower(), value.strip(b" \t").decode("latin-1")))

    def check(self):
        fields = self.request.fields
        hosts = sum(name == "host" for name, _ in fields)
        if hosts > 1 or hosts == 0 and self.request.version >= "HTTP/1.1":
            raise BadRequest(400, "Host, once")
        lengths = [value for name, value in fields if name == "content-length"]
        if any(name == "transfer-encoding" for name, _ in fields):
            raise BadRequest(400 if lengths else 501, "codings")
        if len(lengths) > 1 or lengths and not all(c in "0123456789" for c in lengths[0]) or lengths == [""]:
            raise BadRequest(400, "one length")
        if lengths and int(lengths[0][:10]) > 1 << 20:
            raise BadRequest(413, "too long")
        return int(lengths[0]) if lengths else 0
