"""A parser without a socket: it is fed bytes, and gives the letters that are whole."""

import socket

from stage import scene

Letter = tuple[bytes, bytes]


class Letters:
    """Takes letters out of a stream. A letter is a line, `TO LENGTH` and CRLF, and then LENGTH bytes."""

    def __init__(self) -> None:
        self.buffer = b""  # what has been fed and is in no letter yet

    def feed(self, data: bytes) -> list[Letter]:
        """The letters that `data` completes, oldest first; often none. Raises ValueError for what is none."""
        self.buffer += data
        letters = []
        while letter := self.take():
            letters.append(letter)
        return letters

    def take(self) -> Letter | None:
        """The first letter, which leaves the buffer; None where it is not whole yet."""
        line, crlf, rest = self.buffer.partition(b"\r\n")
        if not crlf:
            return None
        to, length = line.split(b" ")
        size = int(length)
        if len(rest) < size:
            return None
        self.buffer = rest[size:]
        return to, rest[:size]


def post_office(connection: socket.socket) -> str:
    """Receive letters until the client's end of stream."""
    letters = Letters()
    while chunk := connection.recv(1024):
        for to, text in letters.feed(chunk):
            print(f"{'':37}a letter to {to.decode()}: {text!r}")
    return "incomplete" if letters.buffer else "complete"


if __name__ == "__main__":
    scene("Three pieces", post_office, [b"ada 2\r\nhibo", b"b 8\r\nhello\r", b"\n!eve 9\r\nhe"], leaves=True)
