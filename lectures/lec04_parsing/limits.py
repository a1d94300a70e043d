"""A limit counts what has come of a line, before its end has come; and it is the same for every cut."""

from by_the_byte import ADA
from letters import Letter, Letters

LONGEST = 16  # bytes of a line, without its CRLF


class Bounded(Letters):
    """Letters whose lines have at most 16 bytes."""

    def take(self) -> Letter | None:
        line, crlf, _ = self.buffer.partition(b"\r\n")
        if not crlf:
            line = line.removesuffix(b"\r")  # the first half of a CRLF, perhaps
        if len(line) > LONGEST:
            raise ValueError("too long")
        return super().take()


def outcome(parser: Letters, pieces: list[bytes]) -> str:
    """What becomes of these pieces."""
    try:
        letters = [letter for piece in pieces for letter in parser.feed(piece)]
    except ValueError as error:
        return f"{error!s:12} holds {len(parser.buffer):,} bytes"
    return f"letters: {len(letters)}   holds {len(parser.buffer):,} bytes"


def main() -> None:
    """A line of exactly 16 bytes, one of 17, and one that never ends."""
    lines = {size: b"x" * (size - 2) + b" 2\r\nhi" for size in (LONGEST, LONGEST + 1)}
    for size, data in lines.items():
        print(f"{size} bytes, whole:       {outcome(Bounded(), [data])}")
        print(f"{size} bytes, by the byte: {outcome(Bounded(), [bytes([byte]) for byte in data])}")
    endless = [bytes(1000)] * 1000
    print(f"no end, Letters:       {outcome(Letters(), endless)}")
    bounded = Bounded()
    print(f"no end, Bounded:       {outcome(bounded, endless)}")
    print(f"and a letter behind:   {outcome(bounded, [ADA])}")


if __name__ == "__main__":
    main()
