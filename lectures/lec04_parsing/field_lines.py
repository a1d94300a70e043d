"""One field-line: a name, a colon, a value, and what may not be there."""

import re

TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
FORBIDDEN = re.compile(rb"[\x00\r\n]")

LINES = [
    b"Host: a",
    b"HOST:a",
    b"Host: \t a\t ",
    b"Host:",
    b"Host: a:80",
    b"X-Name: \xe9",
    b"Host : a",
    b" folded",
    b"Host",
    b": a",
    b"X-(1): a",
    b"X: a\rb",
    b"X: a\0b",
]


def field(line: bytes) -> tuple[str, str]:
    """The name in lower case, and the value without the white space around it. Raises ValueError."""
    name, colon, value = line.partition(b":")
    if not colon or not TOKEN.fullmatch(name) or FORBIDDEN.search(value):
        raise ValueError("no field-line")
    return name.decode("ascii").lower(), value.strip(b" \t").decode("latin-1")


if __name__ == "__main__":
    for line in LINES:
        try:
            print(f"{line!r:18} {field(line)}")
        except ValueError as error:
            print(f"{line!r:18} {error}")
