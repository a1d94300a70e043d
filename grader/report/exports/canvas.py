"""Canvas: the gradebook that it exports, with the column of one assignment filled in, to be imported again.

    Student,ID,SIS Login ID,Section,Homework 1 (4711),Current Score
        Points Possible,,,,100.00,(read only)
    "Lovelace, Ada",3143,ada,Section 1,,

An assignment's heading ends with its number in brackets: without one, Canvas would make a new assignment. It knows its
students by the column ID. Read in lib/gradebook_importer.rb of canvas-lms.
"""

import re
from collections.abc import Sequence

from grader.report.exports.cells import Cells, read_cells
from grader.report.exports.marks import (
    BadTable,
    Filled,
    Mark,
    check_known,
    column_called,
    maximum,
    number,
    rows_by_student,
    untold,
)

TABLE = "gradebook that Canvas exported"
ASSIGNMENT = re.compile(r"(?P<title>.*) \((?P<id>\d+)\)", re.DOTALL)
POSSIBLE = "Points Possible"
NAMES = ({"Student"}, {"LastName", "FirstName"})


def fill(data: bytes, marks: Sequence[Mark], column: str) -> Filled:
    """`data`, an exported gradebook, with the scores in the column called so. Raises BadTable."""
    try:
        cells = read_cells(data)
    except ValueError as error:
        raise BadTable(f"This is no {TABLE}: {error}.") from None
    ids = column_called(cells, "ID", TABLE)
    if not any(names <= set(cells.headings) for names in NAMES):
        raise BadTable(f'This is no {TABLE}: it has no column "Student".')
    last = column_called(cells, "Section", TABLE)  # behind it come the assignments
    target = assignment(cells, column, last)
    top = [index for index, row in enumerate(cells.rows) if index and POSSIBLE in row[0].value.strip()]
    if not top:
        raise BadTable(f'This is no {TABLE}: it has no row "{POSSIBLE}".')
    possible = cells.rows[top[0]][target]
    try:
        most = maximum(possible)
    except ValueError:
        raise BadTable(
            f'"{cells.headings[target]}" cannot be filled in: its {POSSIBLE} are "{possible.value.strip()}".'
        ) from None
    rows = rows_by_student(
        {
            index: row[ids].value.strip()
            for index, row in enumerate(cells.rows)
            if index > top[0] and row[ids].value.strip()
        }
    )
    check_known(marks, rows)
    mark = "," if "," in possible.value else "."
    values = {rows[one.student]: number(one.share, most, mark) for one in marks if one.share is not None}
    return Filled(data=cells.filled(target, values), remarks=tuple(untold(marks)))


def assignment(cells: Cells, name: str, last: int) -> int:
    """The index of the column of the assignment called so, with its number or without. Raises BadTable."""
    found = {
        index: match
        for index, heading in enumerate(cells.headings)
        if index > last and (match := ASSIGNMENT.fullmatch(heading))
    }
    whole = [index for index in found if cells.headings[index] == name]
    fitting = whole or [index for index, match in found.items() if match["title"] == name]
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(f'"{cells.headings[index]}"' for index in found)
    if not found:
        raise BadTable(f"This {TABLE} has no column of an assignment.")
    if not fitting:
        asked = f'There is no column "{name}": say' if name else "Which column is to be filled? Say"
        raise BadTable(f"{asked} --column with one of {there}.")
    raise BadTable(f'There are {len(fitting)} columns "{name}": say --column with one of {there}.')
