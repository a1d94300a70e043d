"""A parser of HTTP requests that knows no sockets: bytes go in, in any pieces, and requests come out.

RFC 9112, sections 2, 3, 5 and 6. Where the RFC leaves a choice, the comment says which one is taken.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

MOST_LINE = 8192  # bytes of a request-line; more: 414
MOST_HEAD = 65536  # bytes of a head; more: 431
MOST_BODY = 1 << 20  # bytes of a message body; more: 413

TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
TARGET = re.compile(rb"[\x21-\x7e]+")
ORIGIN = re.compile(r"https?://[^/?]+", re.IGNORECASE)  # what absolute-form puts before the path
VERSION = re.compile(rb"HTTP/[0-9]\.[0-9]")
VALUE = re.compile(rb"[\t \x21-\x7e\x80-\xff]*")
END_OF_HEAD = re.compile(rb"\n\r?\n")  # LF alone ends a line too: RFC 9112, section 2.2, permits it
DIGITS = re.compile(r"[0-9]+")


class BadRequest(Exception):
    """A request that is answered with `status`, such as 400, and then the connection closes."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status
        self.reason = reason


@dataclass
class Request:
    """One request. The names of its fields are in lower case; their values are latin-1 text, stripped."""

    method: str
    target: str  # as it came
    path: bytes  # without the query, percent-decoded once
    query: str  # what follows the "?", as it came; "" if there is none
    version: str  # "HTTP/1.1"
    fields: list[tuple[str, str]]
    body: bytes = b""

    def field(self, name: str) -> str | None:
        """The value of the field `name`, in lower case; several are joined by ", "; None if there is none."""
        values = [value for other, value in self.fields if other == name]
        return ", ".join(values) if values else None


class RequestParser:
    """Takes the bytes of a connection as they come, and gives its requests one after another."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._searched = 0  # bytes at its beginning in which no head ends
        self._request: Request | None = None  # whose head has come, but not yet all of its body
        self._length = 0  # bytes of that body

    def feed(self, data: bytes) -> Request | None:
        """Takes `data`, the next bytes, and returns the next request if it is whole, else None.

        Bytes behind that request are kept: feed(b"") goes on with them. Raises BadRequest.
        """
        self._data += data
        if self._request is None:
            self._request = self._read_head()
        if self._request is None or len(self._data) < self._length:
            return None
        request, self._request = self._request, None
        request.body = self._take(self._length)
        return request

    def _read_head(self) -> Request | None:
        """The request whose head has come, if it has; its body is not yet in it. Raises BadRequest."""
        while self._data.startswith((b"\r\n", b"\n")):  # empty lines before a request-line are ignored
            self._take(self._data.index(b"\n") + 1)
        line = self._data.find(b"\n")
        end = END_OF_HEAD.search(self._data, self._searched)
        self._searched = max(0, len(self._data) - 3)  # an end may have begun, and is then found next time
        if (len(self._data) if line < 0 else line) > MOST_LINE:
            raise BadRequest(414, "the request-line is too long")
        if (len(self._data) if end is None else end.end()) > MOST_HEAD:
            raise BadRequest(431, "the fields are too long")
        if end is None:
            return None
        first, *rest = [text.removesuffix(b"\r") for text in self._take(end.end()).split(b"\n")[:-2]]
        request = parse_request_line(first)
        request.fields = [parse_field_line(text) for text in rest]
        self._length = body_length(request)
        return request

    def _take(self, count: int) -> bytes:
        """The first `count` bytes, which leave the data."""
        taken = bytes(self._data[:count])
        del self._data[:count]
        self._searched = 0
        return taken


def parse_request_line(line: bytes) -> Request:
    """The Request of a request-line without its CRLF, still without fields (RFC 9112, section 3). Raises BadRequest."""
    parts = line.split(b" ")
    if len(parts) != 3:
        raise BadRequest(400, "a request-line has three parts, with one space between them")
    method, target, version = parts
    if not TOKEN.fullmatch(method) or not TARGET.fullmatch(target) or not VERSION.fullmatch(version):
        raise BadRequest(400, "the request-line is malformed")
    if not version.startswith(b"HTTP/1."):
        raise BadRequest(505, "only HTTP/1.0 and HTTP/1.1 are spoken here")
    path, query = parse_target(target.decode("ascii"), method.decode("ascii"))
    return Request(method.decode("ascii"), target.decode("ascii"), path, query, version.decode("ascii"), [])


def parse_target(target: str, method: str) -> tuple[bytes, str]:
    """The path, percent-decoded, and the query, as it came, of a request-target (RFC 9112, section 3.2).

    The path of "*", which only OPTIONS may have, is b"*". Raises BadRequest.
    """
    if origin := ORIGIN.match(target):  # absolute-form; without a path it asks for "/"
        rest = target[origin.end() :]
        target = rest if rest.startswith("/") else "/" + rest
    if target.startswith("/"):  # origin-form
        path, _, query = target.partition("?")  # split first, then decode: %3F is no "?"
        return unquote_to_bytes(path), query
    if method == "CONNECT" or (target == "*" and method == "OPTIONS"):  # authority-form, asterisk-form
        return target.encode("ascii"), ""
    raise BadRequest(400, "the request-target begins neither with / nor with http://")


def parse_field_line(line: bytes) -> tuple[str, str]:
    """The name, in lower case, and the value of a field-line without its CRLF (RFC 9112, section 5). Raises BadRequest.

    A folded line (obs-fold) has no name at its beginning, and is refused like any other that has none.
    """
    name, colon, value = line.partition(b":")
    if not colon or not TOKEN.fullmatch(name) or not VALUE.fullmatch(value):
        raise BadRequest(400, "a field-line is malformed")
    return name.decode("ascii").lower(), value.strip(b" \t").decode("latin-1")


def body_length(request: Request) -> int:
    """How many bytes of message body follow the head of `request` (RFC 9112, section 6.3); its Host is looked at too.

    Raises BadRequest.
    """
    hosts = [value for name, value in request.fields if name == "host"]
    if len(hosts) > 1 or (not hosts and request.version != "HTTP/1.0"):
        raise BadRequest(400, "an HTTP/1.1 request has one Host (RFC 9112, section 3.2)")
    lengths = {value for name, value in request.fields if name == "content-length"}
    if request.field("transfer-encoding") is not None:
        if lengths:
            raise BadRequest(400, "a message has Content-Length or Transfer-Encoding, not both")
        raise BadRequest(501, "no transfer coding is understood here")
    if not lengths:
        return 0
    length = lengths.pop()
    if lengths or not DIGITS.fullmatch(length):  # int() would take "+5", " 5" and "1_0"
        raise BadRequest(400, "Content-Length is not one number")
    if len(length) > 18 or int(length) > MOST_BODY:
        raise BadRequest(413, "the message body is too long")
    return int(length)
