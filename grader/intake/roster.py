"""A roster: a CSV that says who the ids of an export are. Any table will do that has the ids in a column.

The gradebook that Canvas exports, Moodle's grading worksheet, Gradescope's roster and GitHub Classroom's are such
tables; their columns are found by their headings. Nobody is ever found by name, save a Moodle team. So is the table
that Canvas exports of its groups: each has handed in as the member who represents it.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.intake.bounds import MOST_TABLE, megabytes
from grader.intake.handed import Handed
from grader.intake.nodes import one_line, why
from grader.outcome import Member, Refusal, with_id
from grader.report.exports.worksheet import LANGUAGES, PARTICIPANT, filed, words_of

NAMES = (
    *("student", "name", "student name", "sortable name", "roster_identifier"),
    *(words.fullname.casefold() for words in LANGUAGES),
)
PARTS = (("first name", "last name"), ("firstname", "lastname"))
TEAMS = frozenset(words.submissionteam.casefold() for words in LANGUAGES)
GROUP = ("canvas_group_id", "group_name")  # the columns of Canvas's groups
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}  # as spreadsheets save "Unicode text"; else UTF-8


class BadRoster(Refusal):
    """The roster cannot be used. The message says why."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is in the course."""

    members: dict[str, Member]  # by every id that a row has
    teams: dict[str, tuple[Member, ...]]  # by name, as Moodle's downloads spell it
    groups: dict[
        str, tuple[str, tuple[Member, ...]]
    ]  # name and members of Canvas's, by the id of each member
    of_teams: bool  # a worksheet of Moodle's with teams: then no submission goes by a participant's number


def read_roster(path: Path, keys: Sequence[str]) -> Roster:
    """The roster in `path`, by the columns of it that are called as one of `keys`. Raises BadRoster."""
    header, *rows = table(path)
    columns = {heading.strip().casefold(): number for number, heading in reversed(list(enumerate(header)))}
    ids = [columns[key] for key in keys if key in columns]
    if not ids:
        there = ", ".join(heading.strip() for heading in header)[:200]
        wanted = " or ".join(repr(key) for key in keys)
        raise BadRoster(
            f"{path} has no column {wanted}, by which this export knows its students. It has: {there}."
        )
    words = words_of(header)
    roster = Roster({}, {}, {}, {words.lastmodifiedgrade, words.submissionteam} <= set(header))
    teams: dict[str, list[Member]] = defaultdict(list)
    groups: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for row in rows:
        cells = [one_line(cell.strip()) for cell in row] + [""] * (len(header) - len(row))
        found = [id for column in ids if (id := known_as(cells[column]))]
        if not found:
            continue  # Canvas has a row of maxima, everybody has blank ones
        member = Member(id=found[0], name=name_in(columns, cells))
        for id in dict.fromkeys(found):
            if roster.members.setdefault(id, member) is not member:
                raise BadRoster(f"{path} has two rows for {id}.")
        for team in TEAMS & columns.keys():
            teams[filed(cells[columns[team]])].append(member)
        if columns.keys() >= set(GROUP):
            groups[tuple(cells[columns[name]] for name in GROUP)].append(member)
    for (number, name), together in groups.items():
        if number:
            roster.groups.update((member.id, (name, tuple(together))) for member in together)
    roster.teams.update((name, tuple(members)) for name, members in teams.items() if name)
    return roster


def table(path: Path) -> list[list[str]]:
    """The rows of a CSV, the header first, whatever it is separated by. Raises BadRoster."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_TABLE + 1)
        if len(data) > MOST_TABLE:
            raise BadRoster(f"{path} holds more than {megabytes(MOST_TABLE)}.")
        text = data.decode(MARKS.get(data[:2], "utf-8-sig"))
        separator = max(",;\t", key=text.partition("\n")[0].count)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except OSError as error:
        raise BadRoster(f"Cannot read the roster {path}: {why(error)}.") from error
    except UnicodeError as error:
        raise BadRoster(f"{path} is no text in UTF-8: save it anew, as “CSV UTF-8”.") from error
    except csv.Error as error:
        raise BadRoster(f"{path} is no CSV: {error}.") from error
    if not rows:
        raise BadRoster(f"{path} is empty.")
    return rows


def known_as(cell: str) -> str:
    """The id in a cell. Moodle's worksheet has "Participant 1234"."""
    number = PARTICIPANT.fullmatch(cell)
    return number[1] if number else cell


def name_in(columns: dict[str, int], cells: list[str]) -> str:
    """The name that a row has, or ""."""
    for first, last in PARTS:
        if first in columns and last in columns:
            return f"{cells[columns[first]]} {cells[columns[last]]}".strip()
    return next((cells[columns[name]] for name in NAMES if name in columns and cells[columns[name]]), "")


def joined(handed: Sequence[Handed], roster: Roster) -> tuple[list[Handed], list[str]]:
    """The submissions with the roster's names, and those of the roster who handed in nothing, in its order."""
    submissions = [join(one, roster) for one in handed]
    there = {member.id for one in submissions for member in one.members}
    everyone = dict.fromkeys(roster.members.values())
    absent = [with_id(member.name, member.id) for member in everyone if member.id not in there]
    return submissions, absent


def join(handed: Handed, roster: Roster) -> Handed:
    """One submission with its members as the roster knows them. Who is unknown to it gets a remark."""
    if group := roster.groups.get(handed.identity):
        return replace(handed, name=group[0], members=group[1])
    team = roster.teams.get(filed(handed.name), ())
    if team and (roster.of_teams or handed.identity not in roster.members):
        return replace(handed, members=team)
    if roster.of_teams:
        return replace(handed, remarks=(*handed.remarks, f"{handed.name} is no group of the roster"))
    members = handed.members or (Member(id=handed.identity, name=handed.name),)
    known = [roster.members.get(member.id) for member in members]
    remarks = [
        "not in the roster" if member.id == handed.identity else f"{member.id} is not in the roster"
        for member, row in zip(members, known, strict=True)
        if row is None
    ]
    members = tuple(row or member for member, row in zip(members, known, strict=True))
    name = "; ".join(member.name for member in members if member.name) or handed.name
    return replace(handed, members=members, name=name, remarks=(*handed.remarks, *remarks))
