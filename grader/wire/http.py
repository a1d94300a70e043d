"""The strict reader of responses: bytes in any pieces -> a Response, once it is whole, or Malformed.

How the end of a body is told, and what is wrong with one that ends otherwise: RFC 9112, sections 6 and 7.
"""

import re
from dataclasses import dataclass, field

from grader.wire.head import MOST_HEAD, FieldLine, Head, Malformed, read_head

CRLF = b"\r\n"
CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(;[\t \x21-\x7e\x80-\xff]*)?")
NO_BODY = (204, 304)


@dataclass(frozen=True, slots=True)
class Response:
    """A whole response. `raw` is all of it, from the status-line to the last byte of the body."""

    raw: bytes
    version: tuple[int, int]
    status: int
    reason: str
    fields: tuple[FieldLine, ...]
    body: bytes  # without the framing of chunks
    body_start: int
    framing: str  # "none", "length", "chunked" or "close": how the end of the body is told

    def lines(self, name: str) -> tuple[FieldLine, ...]:
        """The field-lines of that name, in order."""
        return tuple(line for line in self.fields if line.name.lower() == name.lower())

    def value(self, name: str) -> str | None:
        """The field's value, several lines joined by commas; None where there is none."""
        lines = self.lines(name)
        return ", ".join(line.value for line in lines) if lines else None

    def options(self, name: str) -> set[str]:
        """The members of a list-valued field, such as Connection or Allow, in lower case."""
        return {member.strip().lower() for member in (self.value(name) or "").split(",")} - {""}


@dataclass(slots=True)
class Reader:
    """Reads one response, the answer to a request with this method, from bytes that come in any pieces."""

    method: str = "GET"
    data: bytearray = field(default_factory=bytearray)
    response: Response | None = None
    head: Head | None = None
    _length: int | None = None
    _framing: str = ""
    _body: bytearray = field(default_factory=bytearray)  # of chunks
    _place: int = 0  # in `data`, up to where the chunks are read

    @property
    def surplus(self) -> bytes:
        """What came behind the response."""
        return bytes(self.data[len(self.response.raw) :]) if self.response else b""

    def feed(self, data: bytes, *, ended: bool = False) -> Response | None:
        """More bytes came, or the stream ended. The response, once it is whole. Raises Malformed."""
        self.data += data
        if self.head is None:
            self.head = read_head(bytes(self.data[: MOST_HEAD + 4]))
            if self.head is not None:
                self._framing, self._length = framing(self.head, self.method)
                self._place = self.head.end
        if self.head is not None and self.response is None:
            self._read_body(self.head, ended)
        return self.response

    def missing(self) -> int | None:
        """How many bytes of the body are still to come, where its length was stated."""
        if self.head is None or self._length is None:
            return None
        return self.head.end + self._length - len(self.data)

    def _read_body(self, head: Head, ended: bool) -> None:
        start = head.end
        if self._framing == "none":
            self._whole(head, b"", start)
        elif self._framing == "length":
            end = start + (self._length or 0)
            if len(self.data) >= end:
                self._whole(head, bytes(self.data[start:end]), end)
        elif self._framing == "chunked":
            if self._read_chunks():
                self._whole(head, bytes(self._body), self._place)
        elif ended:
            self._whole(head, bytes(self.data[start:]), len(self.data))

    def _whole(self, head: Head, body: bytes, end: int) -> None:
        self.response = Response(
            raw=bytes(self.data[:end]),
            version=head.version,
            status=head.status,
            reason=head.reason,
            fields=head.fields,
            body=body,
            body_start=head.end,
            framing=self._framing,
        )

    def _read_chunks(self) -> bool:
        """Read the chunks that are whole; whether the last has come, and the trailer section behind it."""
        while True:
            line = self._line(self._place)
            if line is None:
                return False
            size = CHUNK_SIZE.fullmatch(line)
            if size is None:
                raise Malformed(
                    "a chunk does not begin with its size",
                    "a chunk-size in hexadecimal digits (RFC 9112 §7.1)",
                    self._place,
                )
            start = self._place + len(line) + 2
            count = int(size[1], 16)
            if not count:
                return self._read_trailers(start)
            if len(self.data) < start + count + 2:
                return False
            if self.data[start + count : start + count + 2] != CRLF:
                raise Malformed(
                    "a chunk does not end where its size says",
                    "CRLF behind the chunk's data (RFC 9112 §7.1)",
                    start + count,
                )
            self._body += self.data[start : start + count]
            self._place = start + count + 2

    def _read_trailers(self, start: int) -> bool:
        while (line := self._line(start)) is not None:
            start += len(line) + 2
            if not line:
                self._place = start
                return True
        return False

    def _line(self, start: int) -> bytes | None:
        """The line that begins at `start`, without its CRLF; None where it has not ended."""
        end = self.data.find(CRLF, start)
        if end < 0 and len(self.data) - start > MOST_HEAD:
            raise Malformed("a line of the chunks has no end", "CRLF (RFC 9112 §7.1)", start)
        return None if end < 0 else bytes(self.data[start:end])


def framing(head: Head, method: str) -> tuple[str, int | None]:
    """How the end of the body is told, and its length where that is stated (RFC 9112 §6.3). Raises Malformed."""
    coded = [line for line in head.fields if line.name.lower() == "transfer-encoding"]
    lengths = [line for line in head.fields if line.name.lower() == "content-length"]
    for line in lengths:
        if not re.fullmatch("[0-9]{1,18}", line.value):
            raise Malformed(
                "Content-Length is no number",
                "decimal digits and nothing else (RFC 9110 §8.6)",
                line.value_start,
            )
    if len({line.value for line in lengths}) > 1:
        raise Malformed(
            "there are two Content-Lengths", "one Content-Length (RFC 9110 §8.6)", lengths[1].start
        )
    if coded and lengths:
        raise Malformed(
            "there are Content-Length and Transfer-Encoding",
            "one of the two (RFC 9112 §6.2)",
            lengths[0].start,
        )
    if coded and (coded[-1].value.lower() != "chunked" or len(coded) > 1):
        raise Malformed("the Transfer-Encoding is unknown", "chunked (RFC 9112 §6.1)", coded[0].value_start)
    if method == "HEAD" or head.status in NO_BODY or head.status < 200:
        return "none", None
    if coded:
        return "chunked", None
    return ("length", int(lengths[0].value)) if lengths else ("close", None)
