"""What submissions have in common: the values that its pages are drawn from, and its screen.

It is evidence for a person to look at. Nothing here is part of a score.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from rich import progress
from rich.console import Console, RenderableType

from grader.report.pen import Pen, counted, grouped
from grader.report.tables import Listing, grid, percent, titled
from grader.report.terminal import show
from grader.steps import Step

CAUTION = "This is evidence to be looked at, and no verdict. No score depends on it."
SHORT = "A whole copy of a short program may stay below it: look at the top of the list."
MUCH = Fraction(1, 2)  # of the smaller one's own code: measured, grader/README.md, "Similar submissions"
LITTLE = 200  # tokens, some 25 lines: who has fewer of their own counts as if it were so many
TOP = 10  # pairs on the terminal


class Part(NamedTuple):
    """A stretch of one file, in characters of its text."""

    file: int  # the file's number in its submission, from 0
    start: int
    end: int  # one past the last


class Passage(NamedTuple):
    """What two submissions share in one piece."""

    left: Part
    right: Part
    tokens: int  # how long it is
    alike: int  # so many of them are also spelled alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One submission of a pair."""

    who: str
    source: str = ""  # the earlier export that it is from; "" where it is of the class at hand
    texts: Mapping[str, str]  # its programs, by name
    given: Sequence[Part] = ()  # what everybody was given
    own: int  # tokens that are not


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two submissions that share something."""

    left: Side
    right: Side
    share: Fraction  # of the smaller one's own code
    passages: Sequence[Passage]  # in the order of the left one

    @property
    def spelled(self) -> Fraction:
        """The part of what they share that is spelled alike too: names, numbers, texts."""
        return Fraction(
            sum(one.alike for one in self.passages), sum(one.tokens for one in self.passages) or 1
        )

    @property
    def little(self) -> int:
        """The smaller one's own tokens, where that is fewer than it is counted as; else 0."""
        smaller = min(self.left.own, self.right.own)
        return smaller if smaller < LITTLE else 0

    @property
    def much(self) -> bool:
        """Whether it is worth a look before all others."""
        return self.share >= MUCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """What was found in a class."""

    submissions: int  # of the class
    earlier: int  # which it was compared with besides
    given: int  # programs of the handout
    pairs: Sequence[Pair]  # the most similar first; as many as were to be shown
    groups: Sequence[Sequence[str]]  # who is connected by pairs that share much, the largest first
    more: int  # pairs that share much and are not shown
    uncounted: bool  # there may be yet more of them
    remarks: Sequence[str]  # who was not compared, or not wholly: "ada: there is no Python program"


class Comparing:
    """Progress: on a terminal a bar, anywhere else a line when something is finished."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(bar_width=None),
            progress.MofNCompleteColumn(),
            progress.TimeRemainingColumn(),
            console=console,
            transient=True,
            auto_refresh=False,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, progress.TaskID] = {}

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def advanced(self, what: str, done: int, total: int) -> None:
        """So much of the whole is done: `what` says of what ("pairs compared")."""
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total)
        self._bar.update(self._tasks[what], completed=done, refresh=True)
        if done == total and not self._console.is_terminal:
            self._console.print(f"{grouped(done)} {what}", highlight=False, markup=False)


def show_similar(step: Step, found: Similar, out: Path, console: Console) -> None:
    """What was found, and where it can be looked at."""
    show(Listing(partial(similar_listing, step, found, out)), console)


def similar_listing(step: Step, found: Similar, out: Path, pen: Pen) -> Iterator[RenderableType]:
    """A row per pair, the most similar first, and what they have in common."""
    yield titled(step, pen)
    yield pen.text(facts(found), "dim")
    yield pen.text("")
    if found.pairs:
        table = grid(pen, ">shared", ">spelled alike", "submission", "and", "look at")
        for number, pair in enumerate(found.pairs[:TOP], 1):
            table.add_row(
                pen.text(percent(pair.share), "bold red" if pair.much else "bold"),
                pen.text(percent(pair.spelled)),
                pen.text(name(pair.left), longest=80),
                pen.text(name(pair.right), longest=80),
                pen.text(page_of(number), "dim"),
            )
        yield table
        yield pen.text("")
    for line in (conclusion(found), CAUTION):
        yield from pen.hang(pen.text(""), 0, [pen.text(line, "bold")])
    yield pen.whole("to look at  ", f"{out}/index.html")


def name(side: Side) -> str:
    """Who, and from which export if not from that of the class."""
    return f"{side.who} ({side.source})" if side.source else side.who


def page_of(number: int) -> str:
    """The file of the page of a pair, by its number from 1."""
    return f"pairs/{number:03}.html"


def facts(found: Similar) -> str:
    """What was compared, in a line."""
    return " · ".join(
        filter(
            None,
            (
                counted(found.submissions, "submission"),
                f"compared with {grouped(found.earlier)} earlier ones" if found.earlier else "",
                f"{counted(found.given, 'program')} of the course left out",
                f"{len(found.remarks)} not compared, or not wholly" if found.remarks else "",
            ),
        )
    )


def conclusion(found: Similar) -> str:
    """How much there is to look at, in a sentence."""
    much = sum(pair.much for pair in found.pairs) + found.more
    if not much:
        return f"No pair comes to half. {SHORT if any(pair.little for pair in found.pairs) else ''}".strip()
    pairs = counted(much, "pair shares", "pairs share")
    who = f"{sum(map(len, found.groups))} submissions in {counted(len(found.groups), 'group')}"
    first = f"At least {pairs}" if found.uncounted else pairs
    return f"{first} half of {'its' if much == 1 else 'their'} own code or more: {who}."
