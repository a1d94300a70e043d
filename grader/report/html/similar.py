"""What submissions have in common, as pages: all pairs and their groups; of each pair both programs, side by side."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.report.html.site import LONGEST_NAME, cut, page
from grader.report.similar import (
    CAUTION,
    LITTLE,
    MUCH,
    Pair,
    Part,
    Side,
    Similar,
    conclusion,
    facts,
    name,
    page_of,
)
from grader.report.tables import percent
from grader.steps import Step

COLOURS = 6  # of passages, one after the other: similar.css has them
INNOCENT = (  # why two may have much in common without having copied
    "It was given: a page that the course refers to, a snippet from the forum, an exercise done in class. "
    "Name it with --base, and it is left out.",
    "The exercise is short, or has one natural solution: homework 1 takes some twenty lines.",
    "They were helped by the same person, or copied from the same book or assistant, each alone.",
    "They worked together, and were allowed to.",
)


class Row(NamedTuple):
    """One pair in the table."""

    pair: Pair
    left: str
    right: str
    page: str  # its address, relative to the page of the class


class Piece(NamedTuple):
    """A stretch of one line that looks alike."""

    text: str
    look: str  # "": one's own, and not shared; "given"; "p0", "p1" …: a passage
    begins: int  # the number of the passage that begins here, from 1; or 0


class File(NamedTuple):
    """One file as it is shown."""

    path: str
    lines: Sequence[Sequence[Piece]]


class Place(NamedTuple):
    """Where a passage stands on one side."""

    path: str
    first: int  # its first line, from 1
    last: int


class Column(NamedTuple):
    """One of the two programs."""

    name: str
    own: int
    key: str  # "l" or "r": with the number of a passage the name of the place where it begins
    other: str  # that of the other side
    files: Sequence[File]


def similar_page(step: Step, found: Similar) -> str:
    """The page of what was found in a class, in UTF-8 when written."""
    rows = [
        Row(pair, short(pair.left), short(pair.right), page_of(number))
        for number, pair in enumerate(found.pairs, 1)
    ]
    return page(
        "similar.html",
        "similar.css",
        step=step,
        facts=facts(found),
        conclusion=conclusion(found),
        caution=CAUTION,
        innocent=INNOCENT,
        rows=rows,
        groups=[[cut(who, LONGEST_NAME) for who in group] for group in found.groups],
        more=found.more,
        much=percent(MUCH),
        little=LITTLE,
        remarks=found.remarks,
        given=found.given,
    )


def pair_page(step: Step, pair: Pair, number: int, pairs: int) -> str:
    """The page of one pair, which is the `number`th of so many `pairs`."""
    left, right = ([getattr(one, side) for one in pair.passages] for side in ("left", "right"))
    return page(
        "pair.html",
        "similar.css",
        step=step,
        pair=pair,
        caution=CAUTION,
        counted_as=LITTLE,
        number=number,
        before=page_of(number - 1) if number > 1 else "",
        after=page_of(number + 1) if number < pairs else "",
        places=list(zip(pair.passages, places(pair.left, left), places(pair.right, right), strict=True)),
        columns=[column(pair.left, left, "l", "r"), column(pair.right, right, "r", "l")],
        colours=COLOURS,
    )


def short(side: Side) -> str:
    """Who, as long as a line may be."""
    return cut(name(side), LONGEST_NAME)


def places(side: Side, parts: Sequence[Part]) -> Iterator[Place]:
    """Where the parts stand, in lines."""
    texts = list(side.texts.items())
    for part in parts:
        path, text = texts[part.file]
        first = text.count("\n", 0, part.start) + 1
        yield Place(path, first, first + text.count("\n", part.start, part.end))


def column(side: Side, parts: Sequence[Part], key: str, other: str) -> Column:
    """One program, with the parts that are passages, by their numbers."""
    files = []
    for number, (path, text) in enumerate(side.texts.items()):
        marks = [(part, f"p{count % COLOURS}", count + 1) for count, part in enumerate(parts)]
        marks += [(part, "given", 0) for part in side.given]
        here = sorted(mark for mark in marks if mark[0].file == number)
        files.append(File(path, list(lines(pieces(text, here)))))
    return Column(short(side), side.own, key, other, files)


def pieces(text: str, marks: Sequence[tuple[Part, str, int]]) -> Iterator[Piece]:
    """`text` from its beginning to its end, in pieces that look alike. No mark overlaps another."""
    at = 0
    for part, look, number in marks:
        yield Piece(text[at : part.start], "", 0)
        yield Piece(text[part.start : part.end], look, number)
        at = part.end
    yield Piece(text[at:], "", 0)


def lines(found: Iterator[Piece]) -> Iterator[list[Piece]]:
    """The pieces of each line, without its end."""
    line: list[Piece] = []
    for piece in found:
        first, *rest = piece.text.split("\n")
        line.append(piece._replace(text=first))
        for text in rest:
            yield line
            line = [piece._replace(text=text, begins=0)]
    if any(piece.text for piece in line):
        yield line
