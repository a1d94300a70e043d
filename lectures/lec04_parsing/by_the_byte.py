"""A table of cases, and each is fed in three ways: whole, byte by byte, and with the next letter behind."""

from letters import Letter, Letters

ADA, HI = b"ada 2\r\nhi", (b"ada", b"hi")
BOB, NOTHING = b"bob 0\r\n", (b"bob", b"")
CASES = {
    "no letter": (b"", []),
    "half a letter": (b"ada 9\r\nhi", []),
    "a letter": (ADA, [HI]),
    "an empty one": (BOB, [NOTHING]),
    "two": (BOB + ADA, [NOTHING, HI]),
    "CRLF in it": (b"eve 4\r\n\r\n\r\n", [(b"eve", b"\r\n\r\n")]),
    "a letter in it": (b"eve 9\r\n" + ADA, [(b"eve", ADA)]),
}


class Hasty(Letters):
    """Takes one letter from each piece, as so many first parsers do."""

    def feed(self, data: bytes) -> list[Letter]:
        self.buffer += data
        letter = self.take()
        return [letter] if letter else []


def right(parser: Letters, pieces: list[bytes], letters: list[Letter]) -> str:
    """Whether a new parser, fed these pieces, gives these letters."""
    given = [letter for piece in pieces for letter in parser.feed(piece)]
    return "right" if given == letters else "WRONG"


def try_all(parser_class: type[Letters]) -> None:
    """Print a row for each case, and a column for each way to feed it."""
    print(f"\n{parser_class.__name__:16} whole  by the byte  with one behind")
    for name, (data, letters) in CASES.items():
        whole = right(parser_class(), [data], letters)
        bytewise = right(parser_class(), [bytes([byte]) for byte in data], letters)
        behind = "-"
        if letters:
            behind = right(parser_class(), [data + ADA], [*letters, HI])
        print(f"{name:16} {whole:6} {bytewise:12} {behind}")


if __name__ == "__main__":
    try_all(Letters)
    try_all(Hasty)
