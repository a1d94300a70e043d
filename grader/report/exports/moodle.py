"""Moodle: the grading worksheet of an assignment, with the grades filled in, to be uploaded again.

    Identifier,Full name,Status,Group,Grade,Maximum Grade,Grade can be changed,Last modified (grade)
    Participant 1234,Ada Lovelace,Submitted,Team Lovelace,,100.00,Yes,-

A participant's number is that of the downloaded folders. Moodle takes a row only if "Last modified (grade)" is what it
knows itself, so that stays as it is. Read in mod/assign/feedback/offline/importgradeslib.php of moodle.

Only where teams hand in there is a column "Group". Then the numbers of the folders are the teams', which no table has:
they are found by their names, and each row of a team gets its grade. Read in mod/assign/gradingtable.php.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

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
    who,
)
from grader.report.exports.worksheet import LANGUAGES, Words, filed, words_of

TABLE = f"grading worksheet of Moodle's ({', '.join(words.language for words in LANGUAGES)})"
NUMBERED = re.compile(r"\D*(\d+)")
MOST_ROWS = 5  # that are named one by one


def fill(data: bytes, marks: Sequence[Mark], column: str) -> Filled:
    """`data`, a grading worksheet, with the grades in the column of grades, which may be called so. Raises BadTable."""
    try:
        cells = read_cells(data)
    except ValueError as error:
        raise BadTable(f"This is no {TABLE}: {error}.") from None
    words = words_of(cells.headings)
    ids = column_called(cells, words.recordid, TABLE)
    tops = column_called(cells, words.maxgrade, TABLE)
    column_called(cells, words.lastmodifiedgrade, TABLE)
    target = column_called(cells, words.grade, TABLE)
    if column not in ("", words.grade):
        raise BadTable(f'A grading worksheet is filled in its column "{words.grade}": leave --column out.')
    participants = rows_by_student(
        {index: participant(row[ids].value, index) for index, row in enumerate(cells.rows) if index}
    )
    teams = rows_by_team(cells, words)
    rows = {mark.student: rows_of(mark, participants, teams) for mark in marks}
    check_known(marks, {student for student, places in rows.items() if places})
    check_teams_differ(marks, teams)
    # Who has a mark of their own does not get the team's.
    found = {
        index: mark for mark in sorted(marks, key=is_of_team, reverse=True) for index in rows[mark.student]
    }
    told = {index: mark for index, mark in found.items() if mark.share is not None}
    locked = {index: mark for index, mark in told.items() if is_locked(cells, index, words)}
    values = {index: grade(cells, index, tops, mark) for index, mark in told.items() if index not in locked}
    remarks = [
        f"{who(one)}: Moodle lets nobody change the grade, so the cell stays as it is."
        for one in locked.values()
    ]
    return Filled(
        data=cells.filled(target, values), remarks=(*untold(marks), *remarks, *without_team(teams, found))
    )


def participant(cell: str, index: int) -> str:
    """1234 of "Participant 1234". Raises BadTable."""
    match = NUMBERED.fullmatch(cell.strip())
    if match is None:
        raise BadTable(f'This is no {TABLE}: in row {index + 1} the Identifier is "{cell[:40]}".')
    return match[1]


def rows_by_team(cells: Cells, words: Words) -> dict[str, list[int]]:
    """The rows of each team, by its name as the download spells it; empty where nobody hands in as a team."""
    found: dict[str, list[int]] = defaultdict(list)
    if words.submissionteam in cells.headings:
        column = column_called(cells, words.submissionteam, TABLE)
        for index, row in enumerate(cells.rows[1:], 1):
            found[filed(row[column].value)].append(index)
    return dict(found)


def rows_of(mark: Mark, participants: Mapping[str, int], teams: Mapping[str, list[int]]) -> list[int]:
    """The rows that get the mark."""
    if teams and is_of_team(mark):
        return teams.get(filed(mark.name), []) if mark.name else []
    return [participants[mark.student]] if mark.student in participants else []


def is_of_team(mark: Mark) -> bool:
    """Whether it belongs to a whole submission, and not to one whom a roster or course.toml names.

    Only where there are teams: else it is the one student's, whose submission goes by the student's number.
    """
    return mark.student == mark.submission


def check_teams_differ(marks: Sequence[Mark], teams: Mapping[str, list[int]]) -> None:
    """Raises BadTable where two teams with a mark have one name: nobody could say whose row is whose."""
    seen: dict[str, Mark] = {}
    for mark in filter(is_of_team, marks if teams else ()):
        other = seen.setdefault(filed(mark.name), mark)
        if other is not mark:
            raise BadTable(
                f"Two groups have one name, {who(other)} and {who(mark)}, and the worksheet has only that: "
                "name one of them anew in Moodle, or give `grade` the worksheet as --roster. "
                "Nothing was filled in."
            )


def without_team(teams: Mapping[str, list[int]], filled: Mapping[int, Mark]) -> list[str]:
    """A sentence about the rows that belong to no team, and that have no mark of their own."""
    rows = [str(index + 1) for index in teams.get("", ()) if index not in filled]
    if not rows:
        return []
    more = f" and {len(rows) - MOST_ROWS} more" if len(rows) > MOST_ROWS else ""
    return [f"No group stands in row {', '.join(rows[:MOST_ROWS])}{more}, so the cell stays as it is."]


def grade(cells: Cells, index: int, tops: int, mark: Mark) -> str:
    """What goes into the cell of a row. Raises BadTable where the row does not say how many points there are."""
    top = cells.rows[index][tops]
    try:
        return number(mark.share or Fraction(0), maximum(top), "," if "," in top.value else ".")
    except ValueError:
        raise BadTable(
            f'{who(mark)} cannot be graded in points: the {cells.headings[tops]} is "{top.value[:40]}".'
        ) from None


def is_locked(cells: Cells, index: int, words: Words) -> bool:
    """Whether Moodle says that the grade cannot be changed."""
    headings = cells.headings
    name = words.gradecanbechanged
    return name in headings and cells.rows[index][headings.index(name)].value == words.no
