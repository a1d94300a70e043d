"""Moodle: the grading worksheet of an assignment, with the grades filled in, to be uploaded again.

    Identifier,Full name,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade)
    Participant 1234,Ada Lovelace,Submitted,,100.00,Yes,-

A participant's number is that of the downloaded folders. Moodle takes a row only if "Last modified (grade)" is what it
knows itself, so that stays as it is. Read in mod/assign/feedback/offline/importgradeslib.php of moodle.
"""

import re
from collections.abc import Sequence
from fractions import Fraction

from grader.report.exports.cells import Cells, read_cells
from grader.report.exports.marks import (
    BadTable,
    Filled,
    Mark,
    check_known,
    column_called,
    label,
    maximum,
    number,
    rows_by_student,
    untold,
)

TABLE = "grading worksheet that Moodle wrote in English"
GRADE = "Grade"
LOCKED = "No"  # in the column "Grade can be changed"
PARTICIPANT = re.compile(r"\D*(\d+)")


def fill(data: bytes, marks: Sequence[Mark], column: str) -> Filled:
    """`data`, a grading worksheet, with the grades in the column called so, or in "Grade". Raises BadTable."""
    try:
        cells = read_cells(data)
    except ValueError as error:
        raise BadTable(f"This is no {TABLE}: {error}.") from None
    ids = column_called(cells, "Identifier", TABLE)
    tops = column_called(cells, "Maximum Grade", TABLE)
    column_called(cells, "Last modified (grade)", TABLE)
    target = column_called(cells, GRADE, TABLE)
    if column not in ("", GRADE):
        raise BadTable(f'A grading worksheet is filled in its column "{GRADE}": leave --column out.')
    rows = rows_by_student(
        {index: participant(row[ids].value, index) for index, row in enumerate(cells.rows) if index}
    )
    check_known(marks, rows)
    locked = [one for one in marks if one.share is not None and is_locked(cells, rows[one.student])]
    values = {
        rows[one.student]: grade(cells, rows[one.student], tops, one)
        for one in marks
        if one.share is not None and one not in locked
    }
    remarks = [
        f"{label(one)}: Moodle lets nobody change the grade, so the cell stays as it is." for one in locked
    ]
    return Filled(data=cells.filled(target, values), remarks=(*untold(marks), *remarks))


def participant(cell: str, index: int) -> str:
    """1234 of "Participant 1234". Raises BadTable."""
    match = PARTICIPANT.fullmatch(cell.strip())
    if match is None:
        raise BadTable(f'This is no {TABLE}: in row {index + 1} the Identifier is "{cell[:40]}".')
    return match[1]


def grade(cells: Cells, index: int, tops: int, mark: Mark) -> str:
    """What goes into the cell of a row. Raises BadTable where the row does not say how many points there are."""
    top = cells.rows[index][tops]
    try:
        return number(mark.share or Fraction(0), maximum(top), "," if "," in top.value else ".")
    except ValueError:
        raise BadTable(
            f'{label(mark)} cannot be graded in points: the Maximum Grade is "{top.value[:40]}".'
        ) from None


def is_locked(cells: Cells, index: int) -> bool:
    """Whether Moodle says that the grade cannot be changed."""
    headings = cells.headings
    name = "Grade can be changed"
    return name in headings and cells.rows[index][headings.index(name)].value == LOCKED
