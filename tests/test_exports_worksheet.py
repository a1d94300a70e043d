"""Moodle's worksheet: each row of a team gets the team's grade, and the headings are those of five languages."""

from dataclasses import astuple
from fractions import Fraction
from pathlib import Path

import pytest

from grader.intake import open_class
from grader.outcome import Refusal
from grader.report.exports.marks import BadTable, Mark
from grader.report.exports.moodle import fill
from grader.report.exports.worksheet import LANGUAGES, Words, filed
from tests.exports import zip_of
from tests.grading import RIGHT, STEP
from tests.test_exports_tables import differences

# Who is in which team: participant, name, team, as the worksheet says them.
TEAMS = (
    (3143, "Ada Lovelace", "Team A & B_1"),
    (3144, "Grace Hopper", "Team A & B_1"),
    (3145, "Eve", '"<Team> ""C"""'),
    (17, "Ken", "Default group"),
    (3147, "Ina", "Default group"),
    (3148, "Zoe", ""),
)


def worksheet(
    words: Words = LANGUAGES[0], top: str = "100.00", locked: frozenset[int] = frozenset()
) -> bytes:
    """A worksheet of those teams, in one language."""
    heads = (
        *(words.recordid, words.fullname, "Status", words.submissionteam, words.grade, words.maxgrade),
        *(words.gradecanbechanged, words.lastmodifiedgrade),
    )
    lines = [",".join(heads)]
    for id, name, team in TEAMS:
        changes = words.no if id in locked else "yes"
        lines.append(f"{words.hiddenuser}{id},{name},x,{team},,{top},{changes},-")
    return ("\n".join(lines) + "\n").encode()


def team(id: str, name: str, percent: int | None = 80) -> Mark:
    """The mark of a team, of which only the name is known."""
    share = None if percent is None else Fraction(percent, 100)
    return Mark(student=id, name=name, submission=id, share=share, why="" if share else "broken")


AB = team("17", "Team A amp; B 1")
C, DEFAULT = team("18", "Team C", 50), team("Default group", "Default group", 30)


def test_each_row_of_a_team_gets_its_grade() -> None:
    """The team's number is never taken for a participant's: 17 is Ken."""
    data = worksheet()
    filled = fill(data, (AB, C, DEFAULT), "")
    assert [(row, column, new) for row, column, _, new in differences(data, filled.data)] == [
        (1, 4, "80"),
        (2, 4, "80"),
        (3, 4, "50"),
        (4, 4, "30"),
        (5, 4, "30"),
    ]
    assert filled.remarks == ("No group stands in row 7, so the cell stays as it is.",)


def test_a_team_of_which_the_roster_knows_the_members_needs_no_name() -> None:
    marks = [
        Mark(student=str(id), name=name, submission="17", share=Fraction(1)) for id, name, _ in TEAMS[:2]
    ]
    data = worksheet()
    assert [row for row, *_ in differences(data, fill(data, marks, "").data)] == [1, 2]


def test_a_mark_of_ones_own_comes_before_the_teams() -> None:
    """As course.toml sets it, for one of the team; and so does an excuse."""
    data = worksheet()
    own = Mark(student="3144", share=Fraction(55, 100), why="set by hand")
    excused = Mark(student="3147", share=None, why="excused")
    filled = fill(data, (own, AB, excused, DEFAULT), "")
    assert [(row, new) for row, _, _, new in differences(data, filled.data)] == [
        (1, "80"),
        (2, "55"),
        (4, "30"),
    ]


def test_a_row_that_is_locked_stays_and_a_failure_of_ours_too() -> None:
    data = worksheet(locked=frozenset({3144}))
    filled = fill(data, (AB, team("18", "Team C", None)), "")
    assert [row for row, *_ in differences(data, filled.data)] == [1]
    assert [remark.partition(":")[0] for remark in filled.remarks] == [
        "Team C (18)",
        "Team A amp; B 1 (17)",
        "No group stands in row 7, so the cell stays as it is.",
    ]


REFUSED = (
    ((team("9", "Team Z"),), "The table has no row for Team Z (9): take one of the same course"),
    ((Mark(student="9", submission="17", share=Fraction(1)),), "The table has no row for 9"),
    ((team("17", ""),), "The table has no row for 17"),
    ((AB, team("18", AB.name)), "Two groups have one name, Team A amp; B 1 (17) and Team A amp; B 1 (18)"),
)


@pytest.mark.parametrize(("marks", "sentence"), REFUSED)
def test_what_cannot_be_told_is_one_sentence(marks: tuple[Mark, ...], sentence: str) -> None:
    with pytest.raises(BadTable) as refused:
        fill(worksheet(), marks, "")
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert str(refused.value).endswith("Nothing was filled in.")


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
def test_in_every_language(words: Words) -> None:
    data = worksheet(words, '"10,00"', frozenset({3145}))
    filled = fill(data, (AB, C), words.grade)
    assert [(row, column, new) for row, column, _, new in differences(data, filled.data)] == [
        (1, 4, "8"),
        (2, 4, "8"),
    ]
    assert "Moodle lets nobody change the grade" in filled.remarks[0]
    with pytest.raises(BadTable, match=f'filled in its column "{words.grade}"'):
        fill(data, (AB,), "Punkte")


def test_no_two_languages_can_be_taken_for_each_other() -> None:
    assert len({words.lastmodifiedgrade for words in LANGUAGES}) == len(LANGUAGES)
    assert all(astuple(words) for words in LANGUAGES)


def test_a_language_that_is_not_known_is_one_sentence() -> None:
    data = worksheet().replace(b"Last modified (grade)", b"Ostatnia modyfikacja (ocena)")
    with pytest.raises(BadTable) as refused:
        fill(data, (AB,), "")
    assert "English, German, French, Spanish, Italian" in str(refused.value)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.language)
def test_the_worksheet_is_a_roster_in_every_language(words: Words, tmp_path: Path) -> None:
    (tmp_path / "class.zip").write_bytes(
        zip_of(
            {
                "Team A amp; B 1_17_assignsubmission_file/server.py": RIGHT,
                "Team C_18_assignsubmission_file/server.py": RIGHT,
            }
        )
    )
    (tmp_path / "sheet.csv").write_bytes(worksheet(words))
    with open_class(tmp_path / "class.zip", STEP, tmp_path / "sheet.csv") as found:
        members = {one.identity: [(who.id, who.name) for who in one.members] for one in found.handed}
    assert members == {"17": [("3143", "Ada Lovelace"), ("3144", "Grace Hopper")], "18": [("3145", "Eve")]}
    assert found.absent == ("Ken (17)", "Ina (3147)", "Zoe (3148)")


@pytest.mark.parametrize(
    ("rows", "told"), [(1, "row 2,"), (5, "row 2, 3, 4, 5, 6,"), (6, "row 2, 3, 4, 5, 6 and 1 more,")]
)
def test_rows_without_a_group_are_told_and_counted(rows: int, told: str) -> None:
    heads = worksheet().partition(b"\n")[0]
    lines = [f"Participant {number},x,x,,,10.00,Yes,-".encode() for number in range(rows)]
    assert fill(b"\n".join([heads, *lines]), (), "").remarks == (
        f"No group stands in {told} so the cell stays as it is.",
    )


def test_two_teams_of_one_name_claim_the_same_members(tmp_path: Path) -> None:
    files = {f"Team C_{id}_assignsubmission_file/server.py": RIGHT for id in (18, 19)}
    (tmp_path / "class.zip").write_bytes(zip_of(files))
    (tmp_path / "sheet.csv").write_bytes(worksheet())
    with pytest.raises(Refusal, match=r"Two submissions claim to be 3145: Team C \(18\) in "):
        open_class(tmp_path / "class.zip", STEP, tmp_path / "sheet.csv")


def test_a_team_that_the_worksheet_does_not_know_is_no_participant(tmp_path: Path) -> None:
    """Though one has its number."""
    (tmp_path / "class.zip").write_bytes(zip_of({"Team Z_17_assignsubmission_file/server.py": RIGHT}))
    (tmp_path / "sheet.csv").write_bytes(worksheet())
    with open_class(tmp_path / "class.zip", STEP, tmp_path / "sheet.csv") as found:
        [one] = found.handed
    assert (one.label, one.remarks) == ("Team Z (17)", ("Team Z is no group of the roster",))
    assert "Ken (17)" in found.absent


NAMES = (
    ("Team Lovelace", "Team Lovelace"),
    ("A_B", "A B"),
    ("A & B", "A amp; B"),
    ("A &amp; B", "A amp; B"),
    ("\"<a>:\\|/`'", "a"),
    ("Zoe\u0308 \N{SNAKE}", "Zoë \N{SNAKE}"),
    ("\N{RIGHT-TO-LEFT OVERRIDE}", "\\u202e"),
    ("\x1b[31m", "[31m"),
    (" x ", "x"),
)


@pytest.mark.parametrize(("name", "spelled"), NAMES)
def test_how_a_download_spells_the_name_of_a_group(name: str, spelled: str) -> None:
    assert filed(name) == spelled
