"""A class as a table: CSV for a spreadsheet, in which no name becomes a formula; CSV and JSON for programs, exact.

Each member of a group has a line of their own, with the group's result and what lateness leaves this member of it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Literal

from grader.outcome import Report, Status
from grader.report.exports.marks import Mark, number
from grader.report.json import formatted
from grader.report.summary import Row, row

BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # of what a spreadsheet may run as a formula
COLUMNS = (
    "student",
    "name",
    "submission",
    "status",
    "judged",
    "score",
    "max_score",
    "note",
    "first",
    "words",
)


def for_people(reports: Iterable[Report], marks: Mapping[str, Mark]) -> bytes:
    """CSV in UTF-8 with a BOM and CRLF, every cell quoted, formulas made harmless by an apostrophe in front."""
    rows = ([harmless(cell) for cell in line] for line in lines(reports, marks))
    return written(rows, csv.QUOTE_ALL, BOM)


def for_programs(reports: Iterable[Report], marks: Mapping[str, Mark]) -> bytes:
    """CSV in UTF-8 with CRLF, as RFC 4180 describes it; every cell is exactly what it is."""
    return written(lines(reports, marks), csv.QUOTE_MINIMAL)


def as_json(reports: Iterable[Report], marks: Mapping[str, Mark]) -> bytes:
    """JSON in UTF-8: "step", and under "students" an object per row of the table; `outcomes` by the check's id."""
    step, students = "", []
    for report in reports:
        step = report.step
        students += [student(line, mark) for line, mark in marked([report], marks)]
    return formatted({"step": step, "students": students})


def student(line: Row, mark: Mark) -> dict[str, object]:
    """One student's object in the JSON: the cells, with numbers where they are numbers."""
    cells = dict(zip(COLUMNS, cells_of(line, mark), strict=True))
    score = None if mark.share is None else float(number(mark.share, Fraction(line.max_score)))
    judged = None if line.status is Status.BROKEN else line.score
    numbers = {"judged": judged, "score": score, "max_score": line.max_score}
    return {**cells, **numbers, "outcomes": dict(line.outcomes)}


def lines(reports: Iterable[Report], marks: Mapping[str, Mark]) -> Iterator[list[str]]:
    """The headings, and a row per student: what there is to say of the result, and how each check ended."""
    checks: list[str] = []
    for line, mark in marked(reports, marks):
        if not checks:
            checks = list(line.outcomes)
            yield [*COLUMNS, *checks]
        ends = (line.outcomes.get(check, "") for check in checks)
        yield [*cells_of(line, mark), *ends]


def marked(reports: Iterable[Report], marks: Mapping[str, Mark]) -> Iterator[tuple[Row, Mark]]:
    """Each report with each of its members' marks, which are found by the member's id."""
    for report in reports:
        line = row(report)
        for member in line.members:
            yield line, marks[member.id]


def cells_of(line: Row, mark: Mark) -> list[str]:
    """The cells of COLUMNS."""
    score = "" if mark.share is None else number(mark.share, Fraction(line.max_score))
    judged = "" if line.status is Status.BROKEN else str(line.score)
    facts = (mark.student, mark.name, line.submission, line.status, judged, score, str(line.max_score))
    return [*facts, mark.why, line.first, line.words]


def harmless(cell: str) -> str:
    """`cell`, which no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" \n\u00a0").startswith(STARTS) else cell


def written(rows: Iterable[list[str]], quoting: Literal[0, 1], start: str = "") -> bytes:
    """The rows as CSV."""
    text = io.StringIO(start, newline="")
    text.seek(0, io.SEEK_END)
    csv.writer(text, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
