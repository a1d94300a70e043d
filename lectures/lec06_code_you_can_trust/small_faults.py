"""One wrong character each: what Python, a client and the rule make of it."""

import re
from http.client import HTTPException

from stage import read

STATUS_LINE = re.compile(rb"HTTP/[0-9]\.[0-9] [0-9]{3} [\t\x20-\x7e\x80-\xff]*\r\n")  # RFC 9112, section 4
STATUS_LINES = (
    b"HTTP/1.1 302 Found\r\n",
    b"HTTP/1.O 200 OK\r\n",
    b"HTTP/1.1 302 Foundr\n",
    b"HTTP/1.1 404Not Found\r\n",
    b"HTTP/1.1 200\r\n",
    b"HTTP 200 OK\r\n",
)
EXPRESSIONS = ('b"GET" == "GET"', 'b"GET"[0]', 'str(b"GET")', 'len("café")', 'len("café".encode())')
MIXED = "if found:\n\tsend(ok)\n        send(page)\n"  # a tab, then eight spaces


def client(line: bytes) -> str:
    """What Python's HTTP client takes for the status-code."""
    try:
        return str(read(line + b"\r\n").status)
    except HTTPException as error:
        return type(error).__name__


if __name__ == "__main__":
    for line in STATUS_LINES:
        print(f"{line!s:32}client: {client(line):15}rule: {'kept' if STATUS_LINE.match(line) else 'broken'}")
    print()
    for expression in EXPRESSIONS:
        print(f"{expression:32}{eval(expression)!r}")
    print()
    try:
        compile(MIXED, "server.py", "exec")
    except TabError as error:
        print(f"{'a tab, then eight spaces':32}{type(error).__name__}: {error.msg}")
