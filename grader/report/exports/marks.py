"""What an export says of a student: the score that counts, or why there is none."""

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.outcome import Refusal, with_id
from grader.report.exports.cells import Cell, Cells

POINTS = re.compile(r"[0-9]+([.,][0-9]{1,2})?")  # with three decimals it could be a thousand


class BadTable(Refusal):
    """The LMS's table cannot be filled. The message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One student at one step, after lateness and an instructor's word."""

    student: str  # the LMS's id
    name: str = ""
    submission: str = ""  # its identity, where there is one: a group's is another than the student's
    share: Fraction | None  # of what could be had, from 0 to 1; None: no score is to be told
    why: str = ""  # what else there is to say of it: "late", "broken", "excused", "set by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A table with one column filled in, and what is to be said about it: sentences."""

    data: bytes
    remarks: tuple[str, ...]


def column_called(cells: Cells, name: str, table: str) -> int:
    """The index of the one column whose heading is `name`. Raises BadTable."""
    found = [index for index, heading in enumerate(cells.headings) if heading == name]
    if not found:
        raise BadTable(f'This is no {table}: it has no column "{name}".')
    if len(found) > 1:
        raise BadTable(f'This {table} has two columns "{name}".')
    return found[0]


def rows_by_student(rows: Mapping[int, str]) -> dict[str, int]:
    """The index of each student's row, from the students of the rows. Raises BadTable if one is there twice."""
    found: dict[str, int] = {}
    for index, student in rows.items():
        if found.setdefault(student, index) != index:
            raise BadTable(
                f"{student} is there twice, in rows {found[student] + 1} and {index + 1}: nothing was filled in."
            )
    return found


def check_known(marks: Sequence[Mark], rows: Container[str]) -> None:
    """Raises BadTable for a student with a score who has none of the `rows`."""
    strangers = [who(mark) for mark in marks if mark.student not in rows]
    if strangers:
        more = f" and {len(strangers) - 3} more" if len(strangers) > 3 else ""
        raise BadTable(
            f"The table has no row for {', '.join(strangers[:3])}{more}: "
            "take one of the same course and assignment. Nothing was filled in."
        )


def number(share: Fraction, most: Fraction, mark: str = ".") -> str:
    """`share` of `most` points: "87", "78.3". At most two decimals behind `mark`, halves rounded up."""
    hundredths = (share * most * 200 + 1) // 2
    text = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return text.replace(".", mark)


def maximum(cell: Cell) -> Fraction:
    """The points that an assignment has, from a cell: "100", "10.00" or "10,00". Raises ValueError."""
    value = cell.value.strip()
    if not POINTS.fullmatch(value):
        raise ValueError(value)
    most = Fraction(value.replace(",", "."))
    if most <= 0:
        raise ValueError(value)
    return most


def untold(marks: Sequence[Mark]) -> list[str]:
    """A sentence for each student whose cell stays as it is, though there is a result."""
    said = {
        "broken": "the grader itself failed, so the cell stays as it is",
        "excused": "excused, so the cell stays as it is",
    }
    return [f"{who(mark)}: {said.get(mark.why, mark.why)}." for mark in marks if mark.share is None]


def who(mark: Mark) -> str:
    """Who, for people."""
    return with_id(mark.name, mark.student)
