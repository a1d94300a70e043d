"""The roster: found by its headings, joined by ids, and never by a name."""

from pathlib import Path

import pytest

from grader.intake import Class, open_class
from grader.intake.bounds import MOST_TABLE
from grader.intake.roster import BadRoster, read_roster
from grader.outcome import Refusal
from grader.steps import find
from tests import exports
from tests.exports import Files, zip_of
from tests.grading import RIGHT

STEP = find("hw01")

CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,Echo (512)
    Points Possible,,,,,100
"Lovelace, Ada",3143,007,ada,A,
"O'Hara, Scarlett ""Kate""",3144,,kate,A,
"Absent, Always",99,,aa,A,
"Student, Test",100,,tt,A,
'''
MOODLE = """\
Identifier,Full name,Email address,Status,Group,Grade,Maximum Grade
Participant 3143,Ada Lovelace,ada@example.org,Submitted,Team Lovelace,,100
Participant 3199,Grace Hopper,grace@example.org,-,Team Lovelace,,100
"""
GRADESCOPE = "First Name,Last Name,SID,Email\nAda,King,007,ada@example.org\nGrace,Hopper,,grace@example.org\n"
GITHUB = '"identifier","github_username","github_id","name"\n"Ada K.","ada-l","1",""\n'


def joined(files: Files, roster: str | bytes, folder: Path) -> Class:
    """The class with its roster."""
    (folder / "class.zip").write_bytes(zip_of(files))
    (folder / "roster.csv").write_bytes(roster.encode() if isinstance(roster, str) else roster)
    with open_class(folder / "class.zip", STEP, folder / "roster.csv") as found:
        return found


def names(found: Class) -> dict[str, str]:
    """Who the roster knows, by identity."""
    return {
        one.identity: one.name for one in found.handed if not any("roster" in told for told in one.remarks)
    }


def test_canvas(tmp_path: Path) -> None:
    found = joined(exports.canvas(), CANVAS, tmp_path)
    assert names(found) == {"3143": "Lovelace, Ada", "3144": 'O\'Hara, Scarlett "Kate"'}
    assert found.absent == ("Absent, Always (99)", "Student, Test (100)")
    assert found.handed[2].remarks[-1] == "not in the roster"
    assert found.handed[2].name == "cmdccalca0", "what the export says stays"


def test_moodle(tmp_path: Path) -> None:
    found = joined(exports.moodle(), MOODLE, tmp_path)
    assert names(found) == {"3143": "Ada Lovelace"}
    assert found.absent == ("Grace Hopper (3199)",)


def test_moodle_teams(tmp_path: Path) -> None:
    """A team's number is in no worksheet, but its name is."""
    found = joined(exports.moodle_teams(), MOODLE, tmp_path)
    [team] = [one for one in found.handed if one.identity == "17"]
    assert [member.id for member in team.members] == ["3143", "3199"]
    assert team.name == "Team Lovelace"
    assert found.absent == ()


CANVAS_GROUPS = """\
name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id
"Lovelace, Ada",3143,007,ada,A,"Team \"\"A\"\"",71,
"O'Hara, Scarlett",3144,008,kate,A,"Team \"\"A\"\"",71,
"Ina",3151,009,ina,A,"Team \"\"A\"\"",72,
"Turing, Alan",3149,010,alan,A,,,
"""


def test_canvas_groups(tmp_path: Path) -> None:
    """Two groups may have one name: they are told by their numbers. Who is in none is alone."""
    files = {f"teama_{id}_1{id}_server.py": RIGHT for id in (3143, 3151, 3149)}
    found = joined(files, CANVAS_GROUPS, tmp_path)
    assert {one.label: [member.id for member in one.members] for one in found.handed} == {
        'Team "A" (3143)': ["3143", "3144"],
        'Team "A" (3151)': ["3151"],
        "Turing, Alan (3149)": ["3149"],
    }
    assert found.absent == ()


def test_a_member_of_a_group_who_hands_in_alone_is_an_error(tmp_path: Path) -> None:
    files = {f"x{id}_{id}_1{id}_server.py": RIGHT for id in (3143, 3144)}
    with pytest.raises(Refusal, match="Two submissions claim to be 3143: Team"):
        joined(files, CANVAS_GROUPS, tmp_path)


@pytest.mark.parametrize("missing", ["canvas_group_id", "group_name"])
def test_half_of_the_columns_of_groups_is_no_group(missing: str, tmp_path: Path) -> None:
    found = joined({"x_3143_1_server.py": RIGHT}, CANVAS_GROUPS.replace(missing, "other"), tmp_path)
    assert [len(one.members) for one in found.handed] == [1]


def test_gradescope(tmp_path: Path) -> None:
    found = joined(exports.gradescope(), GRADESCOPE, tmp_path)
    assert names(found)["007"] == "Ada King"
    team = found.handed[1]
    assert [member.name for member in team.members] == ["Grace Hopper", "=1+1"]
    assert team.remarks == ("008 is not in the roster",)


def test_github(tmp_path: Path) -> None:
    assert joined(exports.github(), GITHUB, tmp_path).handed[1].label == "ada-l"
    found = joined(exports.github(), GITHUB.replace('""', '"Ada King"'), tmp_path)
    assert names(found) == {"ada-l": "Ada King"}


SAVED = {
    "UTF-8": "id;name\nada;Zoë\n".encode(),
    "with a mark": "id;name\nada;Zoë\n".encode("utf-8-sig"),
    "with tabs, in UTF-16": "id\tname\nada\tZoë\n".encode("utf-16"),
    "with CRLF": b"id,name\r\nada,Zo\xc3\xab\r\n",
    "other headings": "Name ,LOGIN\nZoë,ada\n".encode(),
    "short rows": "name,x,id,y\nZoë,,ada\n\n".encode(),
}


@pytest.mark.parametrize("roster", SAVED.values(), ids=SAVED)
def test_however_a_spreadsheet_saved_it(roster: bytes, tmp_path: Path) -> None:
    assert joined({"ada/server.py": RIGHT}, roster, tmp_path).handed[0].label == "Zoë (ada)"


BAD = {
    "no ids": ("name,mark\nAda,1\n", r"has no column 'id' or .*It has: name, mark\.$"),
    "an id twice": ("id,name\nada,Ada\nada,Eve\n", r"has two rows for ada\.$"),
    "empty": ("", r"is empty\.$"),
    "no text": (b"id,name\n\xff\xfe\xfd,x\n", r"r\.csv is no text in UTF-8: save it anew, as “CSV UTF-8”\.$"),
    "a cell without an end": ('id,name\n"' + "x" * 200_000, "is no CSV"),
}


@pytest.mark.parametrize(("roster", "sentence"), BAD.values(), ids=BAD)
def test_a_bad_roster_is_one_sentence(roster: str | bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(BadRoster, match=sentence) as caught:
        joined({"ada/server.py": RIGHT}, roster, tmp_path)
    assert len(str(caught.value).splitlines()) == 1


def test_a_roster_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadRoster, match="no such file or directory"):
        read_roster(tmp_path / "none.csv", ("id",))


def test_the_bytes_of_a_roster_are_bounded(tmp_path: Path) -> None:
    with (tmp_path / "r.csv").open("wb") as file:
        file.write(b"id\n" + b"x\n")
        file.truncate(MOST_TABLE + 1)
    with pytest.raises(BadRoster, match="more than 64 MiB"):
        read_roster(tmp_path / "r.csv", ("id",))


def test_what_a_roster_says_is_safe_to_print(tmp_path: Path) -> None:
    found = joined(
        {"ada/server.py": RIGHT}, "id,name\nada,\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}evil\n", tmp_path
    )
    assert found.handed[0].label == "\\x1b[31m\\u202eevil (ada)"
