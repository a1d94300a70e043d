"""A connection that plays a script: what would take luck on a network is one line here."""

from datetime import datetime

from taken_apart import visit

MIDNIGHT = datetime(2000, 1, 1)

SCRIPTS = {
    "all at once": (b"GET /time HTTP/1.0\r\n\r\n",),
    "cut in the empty line": (b"GET /time HTTP/1.0\r\n\r", b"\n"),
    "resets in the middle": (b"GET /ti", ConnectionResetError("by the script")),
    "leaves in the middle": (b"GET /ti", b"", b""),
}


class FakeConnection:
    """A script in place of a network: recv() gives its pieces, or raises them; what is sent is kept."""

    def __init__(self, *script: bytes | BaseException, takes: int = 1 << 20) -> None:
        self.script, self.takes, self.sent = list(script), takes, b""

    def recv(self, size: int) -> bytes:
        assert self.script, "recv() after the end of the script"
        piece = self.script.pop(0)
        if isinstance(piece, BaseException):
            raise piece
        if piece[size:]:
            self.script.insert(0, piece[size:])
        return piece[:size]

    def send(self, data: bytes) -> int:
        self.sent += data[: self.takes]  # raises TypeError for a str, as a socket does
        return min(len(data), self.takes)

    def sendall(self, data: bytes) -> None:
        self.sent += data

    def shutdown(self, _how: int) -> None: ...

    def close(self) -> None: ...


if __name__ == "__main__":
    for title, script in SCRIPTS.items():
        fake = FakeConnection(*script)
        try:
            visit(fake, clock=lambda: MIDNIGHT, log=lambda _: None)
            print(f"{title:23}{fake.sent[-6:]}")
        except (OSError, AssertionError) as error:
            print(f"{title:23}{type(error).__name__}: {error}")
