"""Names of files, as Chromium 155 sent them, and two ways to read them."""

import re

CAPTURED = {  # a file's name where it was sent from: the field-line of its part
    "cat.png": b'Content-Disposition: form-data; name="picture"; filename="cat.png"',
    "café;1.png": b'Content-Disposition: form-data; name="picture"; filename="caf\xc3\xa9;1.png"',
    'my "best" cat.png': b'Content-Disposition: form-data; name="picture"; filename="my %22best%22 cat.png"',
    "50%22.png": b'Content-Disposition: form-data; name="picture"; filename="50%22.png"',
    "tom\\jerry.png": b'Content-Disposition: form-data; name="picture"; filename="tom\\jerry.png"',
    "../../cat.png": b'Content-Disposition: form-data; name="picture"; filename="../../cat.png"',
    "(none chosen)": b'Content-Disposition: form-data; name="picture"; filename=""',
}


def rough(line: bytes) -> str:
    """Cuts at each semicolon, and takes the quotes off."""
    return line.split(b";")[2].partition(b"=")[2].strip(b'"').decode()


def filename(line: bytes) -> str | None:
    """What stands between the quotes after filename=, or None where there is no filename."""
    found = re.search(rb';\s*filename="([^"]*)"', line, re.IGNORECASE)
    return found[1].decode(errors="replace") if found else None


if __name__ == "__main__":
    for name, line in CAPTURED.items():
        print(f"{name}\n    rough {rough(line)!r}, filename {filename(line)!r}")
