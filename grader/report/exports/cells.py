"""A CSV whose bytes are somebody else's: single cells are replaced in it, and every other byte stays as it is.

The csv module cannot do that: it reads a table and writes another, with its own quotes and line ends.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

BOM = "\ufeff"
QUOTED = re.compile(r'"(?:[^"]|"")*"')
END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, and where it stands in the text."""

    value: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A whole table, and the text that it was read from."""

    text: str  # with the BOM, if there is one
    separator: str
    rows: tuple[tuple[Cell, ...], ...]  # the headings first; empty lines are none

    @property
    def headings(self) -> list[str]:
        """What the columns are called."""
        return [cell.value for cell in self.rows[0]]

    def filled(self, column: int, values: Mapping[int, str]) -> bytes:
        """The table with these values in `column`, by row; a cell that was quoted stays quoted."""
        parts, done = list[str](), 0
        for index in sorted(values):
            cell = self.rows[index][column]
            parts += [self.text[done : cell.start], self.written(values[index], cell)]
            done = cell.end
        return "".join([*parts, self.text[done:]]).encode()

    def written(self, value: str, cell: Cell) -> str:
        """`value`, a number, in place of `cell`."""
        return f'"{value}"' if cell.quoted or self.separator in value else value


def read_cells(data: bytes) -> Cells:
    """The table in `data`. Raises ValueError, with the end of a sentence, for what is no CSV in UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"byte {error.start} of it is no UTF-8: take the file as it was downloaded"
        ) from None
    first = END.split(QUOTED.sub("", text), maxsplit=1)[0]
    separator = max(",;\t", key=first.count)
    rows = tuple(row for row in scanned(text, separator) if len(row) > 1 or row[0].end > row[0].start)
    if not rows:
        raise ValueError("it is empty")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ValueError(f"row {number} has {len(row)} cells, and the first has {len(rows[0])}")
    return Cells(text=text, separator=separator, rows=rows)


def scanned(text: str, separator: str) -> Iterator[tuple[Cell, ...]]:
    """Every line of the table. Raises ValueError where a quoted cell does not end, or goes on behind its quotes."""
    bare = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    row: list[Cell] = []
    place = len(BOM) if text.startswith(BOM) else 0
    while True:
        quoted = text.startswith('"', place)
        match = (QUOTED if quoted else bare).match(text, place)
        if match is None:
            raise ValueError(f"a cell begins with a quote that does not end: {text[place : place + 30]!r}")
        value = match[0][1:-1].replace('""', '"') if quoted else match[0]
        row.append(Cell(value, place, match.end(), quoted))
        place = match.end()
        end = END.match(text, place)
        if text.startswith(separator, place):
            place += 1
        elif end or place == len(text):
            yield tuple(row)
            row, place = [], end.end() if end else place
            if place == len(text):
                return
        else:
            raise ValueError(f"something stands behind the quotes of {value[:30]!r}")
