"""A parser of HTTP requests that knows no sockets: bytes go in, in any pieces, and requests come out.

RFC 9112, sections 2, 3, 5 and 6. Where the RFC leaves a choice, the comment says which one is taken.
"""

from dataclasses import dataclass

MOST_LINE = 8192  # bytes of a request-line; more: 414
MOST_HEAD = 65536  # bytes of a head; more: 431
MOST_BODY = 1 << 20  # bytes of a message body; more: 413


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
        # TODO: the value of that field has been returned, or None.
        raise NotImplementedError("Request.field")


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
        # TODO: `data` has been taken, and the next request returned if all of it has come.
        raise NotImplementedError("RequestParser.feed")

    def _read_head(self) -> Request | None:
        """The request whose head has come, if it has; its body is not yet in it. Raises BadRequest."""
        # TODO: the head has left the data and become a request, if it has come; limits have been kept.
        raise NotImplementedError("RequestParser._read_head")

    def _take(self, count: int) -> bytes:
        """The first `count` bytes, which leave the data."""
        taken = bytes(self._data[:count])
        del self._data[:count]
        self._searched = 0
        return taken


def parse_request_line(line: bytes) -> Request:
    """The Request of a request-line without its CRLF, still without fields (RFC 9112, section 3). Raises BadRequest."""
    # TODO: the method, the target with its path and query, and the version have been found.
    raise NotImplementedError("parse_request_line")


def parse_target(target: str, method: str) -> tuple[bytes, str]:
    """The path, percent-decoded, and the query, as it came, of a request-target (RFC 9112, section 3.2).

    The path of "*", which only OPTIONS may have, is b"*". Raises BadRequest.
    """
    # TODO: the path and the query of a target of any of the four forms have been found.
    raise NotImplementedError("parse_target")


def parse_field_line(line: bytes) -> tuple[str, str]:
    """The name, in lower case, and the value of a field-line without its CRLF (RFC 9112, section 5). Raises BadRequest.

    A folded line (obs-fold) has no name at its beginning, and is refused like any other that has none.
    """
    # TODO: the name and the value have been found.
    raise NotImplementedError("parse_field_line")


def body_length(request: Request) -> int:
    """How many bytes of message body follow the head of `request` (RFC 9112, section 6.3); its Host is looked at too.

    Raises BadRequest.
    """
    # TODO: Host has been looked at, and the length of the body is known.
    raise NotImplementedError("body_length")
