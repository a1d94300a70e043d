"""A request as it is on the wire: what Python's own client sends, byte by byte and part by part."""

from http.client import HTTPConnection

from stage import connected

VISIBLE = {"\r": "␍", "\n": "␊", " ": "␣"}


def captured() -> bytes:
    """What http.client sends when it is asked for /tea of example.org, over a socket of ours."""
    client, server = connected()
    with client, server:
        connection = HTTPConnection("example.org")
        connection.sock = client  # connected already, and not with example.org
        connection.request("GET", "/tea?cups=2")
        return server.recv(4096)


def dump(data: bytes) -> None:
    """Print bytes, 16 a line: the place of the first, all of them as numbers in base 16, and as characters."""
    for start in range(0, len(data), 16):
        piece = data[start : start + 16]
        characters = "".join(VISIBLE.get(chr(byte), chr(byte)) for byte in piece)
        print(f"{start:4}   {piece.hex(' '):47}   {characters}")


def parts(data: bytes) -> None:
    """Print the lines of a request without a body, each with its name."""
    request_line, *field_lines, empty_line = data.splitlines(keepends=True)
    print("request-line  ", request_line)
    for line in field_lines:
        print("field-line    ", line)
    print("empty line    ", empty_line)


if __name__ == "__main__":
    request = captured()
    dump(request)
    print()
    parts(request)
