"""The tables that go with the exports, as the LMS of each writes them: gradebooks, worksheets and rosters.

They know everybody who has handed in, and somebody who has not.
"""

import csv
import io
from collections.abc import Iterable

from tests.exports import PEOPLE

ABSENT = "Absent, Always"
MODIFIED = "Last modified (grade)"


def written(rows: Iterable[Iterable[object]], end: str = "\n", start: str = "") -> bytes:
    """The rows as CSV in UTF-8, with as few quotes as can be."""
    text = io.StringIO(start, newline="")
    text.seek(0, io.SEEK_END)
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue().encode()


def canvas_gradebook() -> bytes:
    """Ten points for the homework; a column before it, and totals behind it that are nobody's to fill."""
    heads = (
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "Homework 0 (4710)",
        "Homework 1 (4711)",
    )
    totals = ("Homework Current Score", "Final Score")
    people = [*((id, name) for id, name, _ in PEOPLE), (3149, "Turing, Alan"), (3150, "Hopper, Grace")]
    rows = [
        (*heads, *totals),
        ("    Points Possible", "", "", "", "", "5.00", "10.00", "(read only)", "(read only)"),
        *((name, id, f"s{id}", f"login{id}", "Section A", "EX", "", "", "") for id, name in people),
        (ABSENT, 3199, "s3199", "login3199", "Section A", "", "", "0", "0"),
        ("Student, Test", 3200, "", "a0b1", "Section A", "", "", "", ""),
    ]
    return written(rows, "\r\n", "\ufeff")


def canvas_groups() -> bytes:
    """Canvas's groups: one of two, and who is in none."""
    rows = (
        (
            "name",
            "canvas_user_id",
            "user_id",
            "login_id",
            "sections",
            "group_name",
            "canvas_group_id",
            "group_id",
        ),
        ("Lovelace, Ada", 3143, "s3143", "login3143", "Section A", "=Team: Lovelace & Co", 71, ""),
        ('O\'Hara, Scarlett "Kate"', 3144, "s3144", "login3144", "Section A", "=Team: Lovelace & Co", 71, ""),
        ("Turing, Alan", 3149, "s3149", "login3149", "Section A", "", "", ""),
        (ABSENT, 3199, "s3199", "login3199", "Section A", "Another", 72, ""),
    )
    return written(rows)


def moodle_worksheet() -> bytes:
    """Of people who hand in alone. One grade is locked."""
    heads = ("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade")
    people = [*((id, name) for id, name, _ in PEOPLE), (7, "Ada B"), (8, "Alan T"), (9, ABSENT)]
    rows: list[tuple[object, ...]] = [(*heads, "Grade can be changed", MODIFIED, "Feedback comments")]
    for id, name in people:
        locked = "No" if id == 3148 else "Yes"
        came = "No submission" if name == ABSENT or "/" in name else "Submitted for grading"
        rows.append(
            (f"Participant {id}", name, f"{id}@example.org", came, "", "100.00", locked, "-", "<p>\n</p>")
        )
    return written(rows)


def moodle_teams_worksheet() -> bytes:
    """Of people who hand in as teams. Two are in none: they share the default group."""
    heads = (
        "Identifier",
        "Full name",
        "Status",
        "Group",
        "Grade",
        "Maximum Grade",
        "Grade can be changed",
        MODIFIED,
    )
    people = (
        (3143, "Ada Lovelace", "Team Lovelace"),
        (3144, 'Scarlett "Kate" O\'Hara', "Team Lovelace"),
        (17, "=cmd|'/C calc'!A0", "Default group"),
        (3147, "Zoë \N{SNAKE}", "Default group"),
        (3148, "Ina", "Team Turing"),
    )
    rows = [
        (f"Participant {id}", name, "Submitted for grading", team, "", "10.00", "Yes", "-")
        for id, name, team in people
    ]
    return written([heads, *rows])


def gradescope_roster() -> bytes:
    """By student id, or by address where there is none."""
    rows = (
        ("First Name", "Last Name", "SID", "Email", "Role"),
        ("Ada", "King, Countess of Lovelace", "007", "ada@example.org", "Student"),
        ("Grace", "Hopper", "", "grace@example.org", "Student"),
        ("=1+1", "", "008", "one@example.org", "Student"),
        ("Nobody", "", "", "nobody@example.org", "Student"),
        ("Always", "Absent", "009", "absent@example.org", "Student"),
    )
    return written(rows)


def github_roster() -> bytes:
    """Classroom's own, every cell in quotes."""
    lines = (
        '"identifier","github_username","github_id","name"',
        '"Ada K., s007","ada-l","1","Ada King"',
        '"Ada M.","ada-m","2",""',
        '"Grace","Grace","3","-Grace"',
        f'"{ABSENT}","","",""',
    )
    return ("\n".join(lines) + "\n").encode()


def roster() -> bytes:
    """One that somebody kept by hand: an id, and a name."""
    people = (
        ("ada", "Lovelace, Ada"),
        ("René", "René D."),
        ("grace", "=Grace"),
        ("alan", "Alan"),
        ("zoe", ABSENT),
    )
    return written([("id", "name"), *people], "\r\n")
