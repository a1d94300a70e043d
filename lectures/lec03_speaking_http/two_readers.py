"""Wrong responses, and what two readers make of each: one that is strict, and http.client, which forgives much."""

import re
from http.client import HTTPException, HTTPResponse

from stage import connected

STATUS_LINE = re.compile(rb"HTTP/1\.[01] [1-5][0-9][0-9] [^\r\n\0]*")
FIELD_LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*")

RESPONSES = (
    ("right", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHi"),
    ("no reason-phrase", b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nHi"),
    ("no space after the colon", b"HTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\nHi"),
    ("a space before the colon", b"HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nHi"),
    ("LF alone", b"HTTP/1.1 200 OK\nContent-Length: 2\n\nHi"),
    ("no empty line", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nHi"),
    ("no HTTP-version", b"200 OK\r\nContent-Length: 2\r\n\r\nHi"),
    ("no status-code", b"HTTP/1.1 OK\r\nContent-Length: 2\r\n\r\nHi"),
)


def strict(data: bytes) -> str:
    """What RFC 9112 says of the head of a response."""
    head, end, _ = data.partition(b"\r\n\r\n")
    if not end:
        return "no empty line"
    status_line, *field_lines = head.split(b"\r\n")
    if not STATUS_LINE.fullmatch(status_line):
        return f"no status-line: {status_line!r}"
    wrong = [line for line in field_lines if not FIELD_LINE.fullmatch(line)]
    return f"no field-line: {wrong[0]!r}" if wrong else "right"


def forgiving(data: bytes) -> str:
    """What http.client makes of a response."""
    client, server = connected()
    with server:
        server.sendall(data)
    try:
        with client, HTTPResponse(client) as response:
            response.begin()
            return f"{response.status}, {response.getheaders()}, body {response.read()!r}"
    except HTTPException as error:
        return type(error).__name__


if __name__ == "__main__":
    for title, data in RESPONSES:
        print(title)
        print("    the strict reader:", strict(data))
        print("    http.client:      ", forgiving(data))
