"""A whole course as CSV: a line per student, a column per step and what there is to say of it, and the total."""

import csv
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.report.exports.marks import number
from grader.report.exports.people import BOM, harmless, written

if TYPE_CHECKING:
    from grader.report.gradebook import Course


def for_people(course: "Course") -> bytes:
    """CSV in UTF-8 with a BOM and CRLF, every cell quoted, formulas made harmless by an apostrophe in front."""
    return written(([harmless(cell) for cell in row] for row in rows(course)), csv.QUOTE_ALL, BOM)


def for_programs(course: "Course") -> bytes:
    """CSV in UTF-8 with CRLF, as RFC 4180 describes it; every cell is exactly what it is."""
    return written(rows(course), csv.QUOTE_MINIMAL)


def rows(course: "Course") -> Iterator[list[str]]:
    """The headings, and a row per student: points for a step, empty where it does not count; percent for the total."""
    steps = [step.partition("_")[0] for step in course.steps]
    yield ["student", "name", *(head for step in steps for head in (step, f"{step} note")), "total"]
    for line in course.lines:
        cells = [(plain(score.points), str(score.kind)) for score in line.scores]
        yield [line.student, line.name, *(cell for pair in cells for cell in pair), plain(line.total)]


def plain(amount: Fraction | None) -> str:
    """87, 78.3: at most two decimals, halves rounded up; nothing where nothing counts."""
    return "" if amount is None else number(amount, Fraction(1))
