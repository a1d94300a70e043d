"""Bytes for human eyes: as text with visible line ends, or in hex; in rows, or compared around one byte.

Every byte becomes one *cell*. Bytes that are mostly printable are shown as text, where CR is ␍, LF is ␊,
other control bytes have their picture, and bytes from 0x80 on are \\x80. Other bytes are two hex digits each.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from grader.outcome import Excerpt
from grader.report.pen import Pen, counted

PLAIN = frozenset(range(0x20, 0x7F)) | frozenset(b"\t\r\n")
ROWS = 3  # of one piece of bytes
MORE = "…"


class Cells:
    """How the bytes of one place are written."""

    def __init__(self, pen: Pen, *parts: bytes) -> None:
        """For `parts` that are to look alike."""
        self.ascii = pen.ascii
        self.more = pen.text(MORE).plain
        self.is_text = all(4 * sum(byte in PLAIN for byte in part) >= 3 * len(part) for part in parts)
        self.between = "" if self.is_text else " "

    def cell(self, byte: int) -> str:
        """One byte."""
        if not self.is_text:
            return f"{byte:02x}"
        if not self.ascii and (byte < 0x20 or byte == 0x7F):
            return chr(0x2421 if byte == 0x7F else 0x2400 + byte)  # its picture
        return repr(bytes([byte]))[2:-1]

    def line(self, data: bytes) -> str:
        """All of `data`."""
        return self.between.join(map(self.cell, data))

    def room(self, data: Sequence[int], width: int) -> int:
        """How many of the first bytes of `data` fit into `width` columns."""
        ends = accumulate(len(self.cell(byte)) + len(self.between) for byte in data)
        return sum(end - len(self.between) <= width for end in ends)


def rows(excerpt: Excerpt, pen: Pen, width: int, most: int = ROWS) -> Iterator[str]:
    """The bytes from the start of `excerpt` in at most `most` rows, and their number unless that is plain."""
    data, cells = excerpt.data, Cells(pen, excerpt.data)
    taken = 0
    lines: list[str] = []
    while taken < len(data) and len(lines) < most:
        size = row_size(data[taken:], cells, width - 3)
        lines.append(cells.line(data[taken : taken + size]))
        taken += size
    lines = lines or [""]
    if excerpt.start:
        lines[0] = f"{cells.more} {lines[0]}"
    if excerpt.start + taken < excerpt.total:
        remark = f" {cells.more} {counted(excerpt.total, 'byte')} in all"
    else:
        remark = "" if cells.is_text and data else f"   ({counted(excerpt.total, 'byte')})"
    fits = len(lines[-1]) + len(remark) <= width
    yield from (*lines[:-1], lines[-1] + remark) if fits else (*lines, remark.strip())


def row_size(data: bytes, cells: Cells, width: int) -> int:
    """How many of the first bytes of `data` make one row: as many as fit, but text ends after its LF."""
    size = max(cells.room(data[:width], width), 1)
    if not cells.is_text:
        return size if size == len(data) or size < 8 else size - size % 8
    return data.find(b"\n", 0, size) + 1 or size


def compare(wanted: Excerpt | None, came: Excerpt, offset: int, pen: Pen, width: int) -> tuple[str, str, str]:
    """One row each of what was wanted, of what came, and of a caret under the byte at `offset`.

    The bytes before `offset` are taken to be equal in both. The rows are cut alike, so that columns agree.
    """
    sides = [side for side in (wanted, came) if side is not None]
    cells = Cells(pen, *(side.data for side in sides))
    width -= 2 * (len(cells.more) + 1)
    before = came.data[: offset - came.start]
    after = [side.data[offset - side.start :] for side in sides]
    space = max(width // 2, width - 1 - max(len(cells.line(tail)) for tail in after))
    before = before[len(before) - cells.room(before[::-1], space - len(cells.between)) :]
    start = offset - len(before)
    margin = f"{cells.more} " if start else ""
    head = cells.line(before) + (cells.between if before else "")

    def row(side: Excerpt, tail: bytes) -> str:
        shown = cells.room(tail, width - len(head))
        cut = f" {cells.more}" if offset + shown < side.total else ""
        return f"{margin}{head}{cells.line(tail[:shown])}{cut}".rstrip(" ")

    drawn = [row(side, tail) for side, tail in zip(sides, after, strict=True)]
    caret = "^" * (len(cells.cell(after[-1][0])) if after[-1] else 1)
    return drawn[0] if wanted else "", drawn[-1], " " * len(margin + head) + caret
