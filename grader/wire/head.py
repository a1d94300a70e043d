"""The strict reader of a response's head: a status-line and field-lines, each with its offset, or Malformed.

It is as strict as RFC 9112 lets a sender be, which is stricter than any browser: a browser forgives, and so hides
what is wrong. It knows no sockets.
"""

import re
from dataclasses import dataclass

MOST_HEAD = 1 << 16  # bytes that a head may have before we stop looking for its end
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
STATUS_LINE = re.compile(rb"HTTP/([0-9])\.([0-9]) ([0-9]{3}) ([\t \x21-\x7e\x80-\xff]*)")
FIELD_VALUE = re.compile(rb"[\t \x21-\x7e\x80-\xff]*")


class Malformed(Exception):
    """These bytes are no response. `offset` is that of the first wrong byte, in all that came."""

    def __init__(self, fault: str, expected: str, offset: int) -> None:
        super().__init__(f"{fault} at byte {offset}")
        self.fault, self.expected, self.offset = fault, expected, offset


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field-line of a head: the name as it came, the value without white space around it, where it stands."""

    name: str
    value: str  # latin-1
    start: int
    value_start: int


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a response. `end` is the offset of the first byte behind its empty line."""

    version: tuple[int, int]
    status: int
    reason: str
    fields: tuple[FieldLine, ...]
    end: int


def read_head(data: bytes) -> Head | None:
    """The head at the beginning of `data`; None while its empty line has not come. Raises Malformed."""
    lines, end = split_lines(data)
    if lines:
        version, status, reason = read_status_line(*lines[0])
    elif end is not None:
        raise Malformed("it begins with an empty line", "a status-line (RFC 9112 §4)", 0)
    elif data not in (b"\r", b"") and not b"HTTP/".startswith(data[:5]):
        fault, expected = "it does not begin with a status-line", "HTTP/ and a version (RFC 9112 §4)"
        raise Malformed(fault, expected, agreement(rb"HTTP/", data))
    fields = tuple(read_field_line(line, start) for line, start in lines[1:])
    if end is None:
        if len(data) > MOST_HEAD:
            raise Malformed(
                "the head has no end", "an empty line behind the fields (RFC 9112 §2.1)", MOST_HEAD
            )
        return None
    return Head(version, status, reason, fields, end)


def split_lines(data: bytes) -> tuple[list[tuple[bytes, int]], int | None]:
    """The lines of a head without their CRLF, each with its offset, and where the empty line ends, if it has come.

    Raises Malformed for a line that ends otherwise, save while that can be the beginning of what is to come.
    """
    lines: list[tuple[bytes, int]] = []
    start = 0
    while (newline := data.find(b"\n", start)) >= 0:
        line = data[start:newline]
        if not line.endswith(b"\r"):
            raise Malformed(
                "a line ends in LF alone", "CRLF at the end of each line (RFC 9112 §2.2)", newline
            )
        bare = line.find(b"\r", 0, len(line) - 1)
        if bare >= 0:
            raise Malformed(
                "there is a CR without its LF", "CRLF at the end of each line (RFC 9112 §2.2)", start + bare
            )
        if line == b"\r":
            return lines, newline + 1
        lines.append((line[:-1], start))
        start = newline + 1
    return lines, None


def read_status_line(line: bytes, start: int) -> tuple[tuple[int, int], int, str]:
    """The version, the status-code and the reason-phrase. Raises Malformed at the first byte that does not fit."""
    match = STATUS_LINE.fullmatch(line)
    if match:
        if not 100 <= int(match[3]) <= 599:
            raise Malformed(
                "the status-code is none",
                "a status-code from 100 to 599 (RFC 9110 §15)",
                start + match.start(3),
            )
        return (int(match[1]), int(match[2])), int(match[3]), match[4].decode("latin-1")
    for part, fault, expected in STATUS_LINE_PARTS:
        if not re.match(part, line):
            raise Malformed(fault, f"{expected} (RFC 9112 §4)", start + agreement(part, line))
    phrase = len("HTTP/1.1 200 ")
    wrong = next(
        place for place in range(phrase, len(line)) if not FIELD_VALUE.fullmatch(line[place : place + 1])
    )
    raise Malformed(
        "the reason-phrase holds a control character", "printable text (RFC 9112 §4)", start + wrong
    )


# What a status-line must begin with, longer and longer, and what is wrong where it does not.
STATUS_LINE_PARTS = (
    (rb"HTTP/", "it does not begin with a status-line", "HTTP/ and a version"),
    (rb"HTTP/[0-9]\.[0-9]", "the HTTP-version is misspelt", "HTTP/1.1 or HTTP/1.0"),
    (rb"HTTP/[0-9]\.[0-9] ", "one space is missing behind the version", "one space"),
    (rb"HTTP/[0-9]\.[0-9] [0-9]{3}", "the status-code is not three digits", "three digits"),
    (
        rb"HTTP/[0-9]\.[0-9] [0-9]{3} ",
        "one space is missing behind the status-code",
        "one space, also before an empty reason-phrase",
    ),
)


def agreement(pattern: bytes, line: bytes) -> int:
    """How many bytes of `line` still fit the beginning of `pattern`, one of STATUS_LINE_PARTS."""
    pieces = re.findall(rb"\[0-9\]\{3\}|\[0-9\]|\\.|.", pattern)
    units = [unit for piece in pieces for unit in ([b"[0-9]"] * 3 if piece.endswith(b"{3}") else [piece])]
    for count, unit in enumerate(units):
        if not re.fullmatch(unit, line[count : count + 1]):
            return count
    return len(units)


def read_field_line(line: bytes, start: int) -> FieldLine:
    """A field-line without its CRLF, which begins at offset `start`. Raises Malformed."""
    if line[:1] in (b" ", b"\t"):
        raise Malformed(
            "a field-line is folded", "a field-name at the line's beginning (RFC 9112 §5.2)", start
        )
    name, colon, value = line.partition(b":")
    if not colon:
        raise Malformed(
            "a field-line has no colon", "a field-name and a colon (RFC 9112 §5)", start + len(line)
        )
    if name.rstrip() != name:
        raise Malformed(
            "there is white space before the colon",
            "the colon right behind the name (RFC 9112 §5.1)",
            start + len(name.rstrip()),
        )
    token = TOKEN.match(name)
    if token is None or token.end() != len(name):
        offset = token.end() if token else 0
        raise Malformed("the field-name is no token", "a token (RFC 9110 §5.6.2)", start + offset)
    text = FIELD_VALUE.match(value)
    if text is None or text.end() != len(value):
        offset = len(name) + 1 + (text.end() if text else 0)
        raise Malformed("a field's value holds a control character", "text (RFC 9110 §5.5)", start + offset)
    stripped = value.strip(b" \t")
    value_start = start + len(name) + 1 + (value.find(stripped) if stripped else 0)
    return FieldLine(name.decode("ascii"), stripped.decode("latin-1"), start, value_start)
