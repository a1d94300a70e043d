"""Puzzle: text files arrive well, and every picture is broken."""

from captured_file import BODY


def content(part: bytes) -> bytes:
    """What a part holds: all lines after its empty line."""
    lines = part.splitlines()
    return b"\n".join(lines[lines.index(b"") + 1 :])


if __name__ == "__main__":
    boundary = b"------WebKitFormBoundaryiJX2Sn3r0l3kyrI7"
    for part in (b"\r\n" + BODY).split(b"\r\n" + boundary)[1:3]:
        print(content(part.removeprefix(b"\r\n")))
