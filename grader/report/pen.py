"""The pen that every screen is drawn with: it knows the width and the letters of where it writes.

All text enters a screen through `Pen.text`, which escapes what could steer a terminal and cuts what is too
long; none of it is ever read as markup. Lines leave as rich Text, wrapped, without a newline.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions
from rich.text import Text

from grader.outcome import printable

WIDEST = 100  # columns: longer lines are hard to read, however wide the window
LONGEST = 600  # characters of one piece of text, which may be a student's

# What is written where the terminal's encoding has nothing but ASCII.
ASCII = str.maketrans(
    {"✗": "x", "✓": "+", "·": "-", "│": "|", "┆": ":", "…": "...", "→": "->", "§": "section "}
    | dict(zip("▁▂▃▄▅▆▇█", "_.:-=+*#", strict=True))
)


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws lines for one console."""

    console: Console
    width: int  # columns
    ascii: bool  # the console's encoding may have no other letters

    @classmethod
    def of(cls, console: Console, options: ConsoleOptions) -> "Pen":
        """The pen for what `console` is drawing now."""
        return cls(console, min(options.max_width, WIDEST), options.ascii_only)

    def text(self, content: str, style: str = "", longest: int = LONGEST) -> Text:
        """`content`, literally: harmless, at most about `longest` characters, in this console's letters."""
        if len(content) > longest:
            content = f"{content[:longest]}… ({grouped(len(content))} characters in all)"
        content = printable(content).expandtabs(4)
        if self.ascii:
            content = content.translate(ASCII).encode("ascii", "backslashreplace").decode("ascii")
        return Text(content, style)

    def wrap(self, text: Text, width: int) -> list[Text]:
        """The lines of `text`, none wider than `width` columns: broken between words where there are any."""
        fits = text.cell_len <= width and "\n" not in text.plain  # most do, and breaking takes its time
        lines = [text.copy()] if fits else text.wrap(self.console, max(width, 1), overflow="fold")
        for line in lines:
            line.rstrip()
        return list(lines)

    def hang(self, label: Text, indent: int, body: Iterable[Text]) -> Iterator[Text]:
        """`body` to the right of `label`: each line begins in column `indent`."""
        margin = label
        for part in body:
            for line in self.wrap(part, self.width - indent):
                yield Text.assemble(margin, " " * (indent - margin.cell_len), line)
                margin = Text()

    def opposite(self, mark: Text, left: Text, right: Text) -> Iterator[Text]:
        """`left` behind `mark`, under which nothing stands, and `right` at the end of the first line."""
        indent = mark.cell_len
        for number, line in enumerate(self.wrap(left, self.width - indent - right.cell_len - 2)):
            gap = " " * (self.width - indent - line.cell_len - right.cell_len)
            yield Text.assemble(" " * indent, line) if number else Text.assemble(mark, line, gap, right)

    def whole(self, label: str, content: str, style: str = "") -> Text:
        """`content` behind `label` on one line, however long, so that it can be copied."""
        text = self.text(content.replace("\n", " "), style, longest=10 * LONGEST)
        return Text.assemble(label, text, no_wrap=True, overflow="ignore")


def grouped(number: int) -> str:
    """1 048 583."""
    return f"{number:,}".replace(",", " ")


def counted(number: int, one: str, many: str = "") -> str:
    """1 byte, 1 048 583 bytes."""
    return f"{grouped(number)} {one if number == 1 else many or one + 's'}"
