import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes
MOST_LINE = 8192
MOST_HEAD = 65536
MOST_BODY = 1 << 20
TOKEN = re.compile(b"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
TARGET = re.compile(b'[\\x21-\\x7e]+')
ORIGIN = re.compile('https?://[^/?]+', re.IGNORECASE)
VERSION = re.compile(b'HTTP/[0-9]\\.[0-9]')
VALUE = re.compile(b'[\\t \\x21-\\x7e\\x80-\\xff]*')
END_OF_HEAD = re.compile(b'\\n\\r?\\n')
DIGITS = re.compile('[0-9]+')

class BadRequest(Exception):

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f'{status}: {reason}')
        self.status = status
        self.reason = reason

@dataclass
class Request:
    method: str
    target: str
    path: bytes
    query: str
    version: str
    fields: list[tuple[str, str]]
    body: bytes = b''

    def field(self, name: str) -> str | None:
        values = [value for other, value in self.fields if other == name]
        return ', '.join(values) if values else None

class RequestParser:

    def __init__(self) -> None:
        self._data = bytearray()
        self._searched = 0
        self._request: Request | None = None
        self._length = 0

    def feed(self, data: bytes) -> Request | None:
        self._data += data
        if self._request is None:
            self._request = self._read_head()
        if self._request is None or len(self._data) < self._length:
            return None
        request, self._request = (self._request, None)
        request.body = self._take(self._length)
        return request

    def _read_head(self) -> Request | None:
        while self._data.startswith((b'\r\n', b'\n')):
            self._take(self._data.index(b'\n') + 1)
        line = self._data.find(b'\n')
        end = END_OF_HEAD.search(self._data, self._searched)
        self._searched = max(0, len(self._data) - 3)
        if (len(self._data) if line < 0 else line) > MOST_LINE:
            raise BadRequest(414, 'the request-line is too long')
        if end is not None and end.end() > MOST_HEAD:
            raise BadRequest(431, 'the fields are too long')
        if end is None:
            return None
        first, *rest = [text.removesuffix(b'\r') for text in self._take(end.end()).split(b'\n')[:-2]]
        request = parse_request_line(first)
        request.fields = [parse_field_line(text) for text in rest]
        self._length = body_length(request)
        return request

    def _take(self, count: int) -> bytes:
        taken = bytes(self._data[:count])
        del self._data[:count]
        self._searched = 0
        return taken

def parse_request_line(line: bytes) -> Request:
    parts = line.split(b' ')
    if len(parts) != 3:
        raise BadRequest(400, 'a request-line has three parts, with one space between them')
    method, target, version = parts
    if not TOKEN.fullmatch(method) or not TARGET.fullmatch(target) or (not VERSION.fullmatch(version)):
        raise BadRequest(400, 'the request-line is malformed')
    if not version.startswith(b'HTTP/1.'):
        raise BadRequest(505, 'only HTTP/1.0 and HTTP/1.1 are spoken here')
    path, query = parse_target(target.decode('ascii'), method.decode('ascii'))
    return Request(method.decode('ascii'), target.decode('ascii'), path, query, version.decode('ascii'), [])

def parse_target(target: str, method: str) -> tuple[bytes, str]:
    if (origin := ORIGIN.match(target)):
        rest = target[origin.end():]
        target = rest if rest.startswith('/') else '/' + rest
    if target.startswith('/'):
        path, _, query = target.partition('?')
        return (unquote_to_bytes(path), query)
    if method == 'CONNECT' or (target == '*' and method == 'OPTIONS'):
        return (target.encode('ascii'), '')
    raise BadRequest(400, 'the request-target begins neither with / nor with http://')

def parse_field_line(line: bytes) -> tuple[str, str]:
    name, colon, value = line.partition(b':')
    if not colon or not TOKEN.fullmatch(name) or (not VALUE.fullmatch(value)):
        raise BadRequest(400, 'a field-line is malformed')
    return (name.decode('ascii').lower(), value.strip(b' \t').decode('latin-1'))

def body_length(request: Request) -> int:
    hosts = [value for name, value in request.fields if name == 'host']
    if len(hosts) > 1 or (not hosts and request.version != 'HTTP/1.0'):
        raise BadRequest(400, 'an HTTP/1.1 request has one Host (RFC 9112, section 3.2)')
    lengths = {value for name, value in request.fields if name == 'content-length'}
    if request.field('transfer-encoding') is not None:
        if lengths:
            raise BadRequest(400, 'a message has Content-Length or Transfer-Encoding, not both')
        raise BadRequest(501, 'no transfer coding is understood here')
    if not lengths:
        return 0
    length = lengths.pop()
    if lengths or not length.isdigit():
        raise BadRequest(400, 'Content-Length is not one number')
    if len(length) > 18 or int(length) > MOST_BODY:
        raise BadRequest(413, 'the message body is too long')
    return int(length)
