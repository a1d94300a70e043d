"""Three parts and two spaces: what split() lets through, and a pattern does not."""

import re

TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
REQUEST_LINE = re.compile(rb"(" + TOKEN + rb") ([\x21-\x7e]+) HTTP/([0-9])\.([0-9])")

LINES = [
    b"GET /ada HTTP/1.1",
    b"DELETE * HTTP/1.0",
    b"g3t! /ada HTTP/2.0",
    b"GET /ada",
    b"GET  /ada HTTP/1.1",
    b"GET /ada\tHTTP/1.1",
    b" GET /ada HTTP/1.1",
    b"GET /a da HTTP/1.1",
    b"GET /ad\xc3\xa1 HTTP/1.1",
    b"G(T /ada HTTP/1.1",
    b"GET /ada http/1.1",
    b"GET /ada HTTP/1.10",
    b"GET /ada HTTP/1.1\r",
]


def three_words(line: bytes) -> str:
    """The verdict of a program that calls split() and counts."""
    return "taken" if len(line.split()) == 3 else "refused"


def grammar(line: bytes) -> str:
    """The verdict of RFC 9112, section 3."""
    return "taken" if REQUEST_LINE.fullmatch(line) else "refused"


if __name__ == "__main__":
    print(f"{'request-line':28} {'split()':8} grammar")
    for line in LINES:
        print(f"{line!r:28} {three_words(line):8} {grammar(line)}")
