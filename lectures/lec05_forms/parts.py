"""Cutting a multipart body: at the boundary's text, or at the delimiter, which begins with a CRLF."""

from captured_file import BODY
from stage import multipart

CAT = b"----WebKitFormBoundaryiJX2Sn3r0l3kyrI7"
BODIES = {  # a title: a boundary, and a body
    "the cat": (CAT, BODY),
    "a newline at the end": (b"XX", multipart(b"XX", b"Dear all,\r\n")),
    "the boundary's text inside": (b"XX", multipart(b"XX", b"see --XX--, please")),
    "nothing": (b"XX", multipart(b"XX", b"")),
    "cut off": (b"XX", multipart(b"XX", b"one", b"two")[:-8]),
}


def rough(body: bytes, boundary: bytes) -> list[bytes]:
    """Cuts at every boundary, and strips what looks superfluous."""
    pieces = body.split(b"--" + boundary)[1:-1]
    return [piece.partition(b"\r\n\r\n")[2].strip() for piece in pieces]


def contents(body: bytes, boundary: bytes) -> list[bytes]:
    """What the parts hold. Raises ValueError if the last delimiter is missing (RFC 2046, section 5.1.1)."""
    _preamble, *pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    for index, piece in enumerate(pieces):
        if piece.startswith(b"--"):
            return [piece.partition(b"\r\n\r\n")[2] for piece in pieces[:index]]
    raise ValueError("the last delimiter is missing")


if __name__ == "__main__":
    for title, (boundary, body) in BODIES.items():
        print(f"\n# {title}")
        print("rough:   ", rough(body, boundary))
        try:
            print("contents:", contents(body, boundary))
        except ValueError as error:
            print("contents: ValueError:", error)
