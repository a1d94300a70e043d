"""Groups: each member has the group's score, and a line of their own; who changed groups has the newer score alone."""

import csv
import io
import json as plain_json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from grader.batch import Plan, Watcher, grade, pages
from grader.cli import main
from grader.cli.marks import marks_of
from grader.engine import here
from grader.gradebook import Book, Entry, Place, Reports, opened
from grader.gradebook.course import read_course
from grader.gradebook.reports import raw_results
from grader.gradebook.tables import FORMAT, NAME
from grader.intake import open_class
from grader.judge import broken, not_gradable
from grader.outcome import Member, Refusal, Report, Status
from grader.report.html import class_page
from tests import exports
from tests.exports import lay
from tests.exports.samples import FOLDER
from tests.grading import STEP, job

EVIL = "<script>document.title = 'evil'</script>\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}"
ALWAYS = b"drawn"


def report(submission: str, score: int = 100) -> Report:
    return replace(not_gradable(job(submission)), status=Status.GRADED, score=score)


def failed(submission: str) -> Report:
    return broken(job(submission), "we failed")


def entry(submission: str, members: Sequence[str] = (), **more: str) -> Entry:
    """The group called a+b has the members a and b, unless told otherwise."""
    ids = members or submission.split("+")
    people = tuple(Member(id=id, name=f"Name of {id}") for id in ids)
    return Entry(student=submission, members=people, submission=b"files", judging=b"checks", **more)


def keep(book: Book, one: Report, place: Place = Place.STANDING, **more: str) -> None:
    book.keep(place, entry(one.submission, **more), one, ALWAYS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the results are: no other test's are beside them."""
    folder = tmp_path / "results" / "hw01"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def book(out: Path) -> Iterator[Book]:
    with opened(out, STEP) as book:
        book.seed(Place.STANDING, 1, new=1)
        yield book


def scores(out: Path) -> dict[str, int]:
    """What counts, by member."""
    found = [(result.student, result.score) for result in raw_results(out)]
    assert len(dict(found)) == len(found), "nobody has two results"
    return dict(found)


def listed(out: Path) -> list[str]:
    """The submissions that count."""
    return [report.submission for report in Reports(out)]


def undrawn(book: Book) -> list[str]:
    """Whose pages are to be drawn again."""
    return [report.submission for report in book.undrawn(ALWAYS, lambda student: True)]


def test_every_member_has_the_score_and_is_known_by_name(book: Book, out: Path) -> None:
    keep(book, report("ada+bob", 80))
    keep(book, report("eve", 30))
    assert scores(out) == {"ada": 80, "bob": 80, "eve": 30}
    group, eve = Reports(out)
    assert group.members == (Member(id="ada", name="Name of ada"), Member(id="bob", name="Name of bob"))
    assert eve.members == (Member(id="eve", name="Name of eve"),)
    assert book.whole("ada+bob").members == group.members


def test_where_the_export_names_nobody_the_submission_stands_for_itself(book: Book, out: Path) -> None:
    book.keep(
        Place.STANDING, Entry(student="17", name="Team X", submission=b"", judging=b""), report("17"), None
    )
    [raw] = raw_results(out)
    assert (raw.student, raw.name, raw.submission) == ("17", "Team X", "17")


POLICY = """
[late]
percent_per_day = 10
late_days = 1
[steps.hw01]
deadline = 2026-03-01T12:00:00Z
[[extension]]
student = "ada"
step = "hw01"
until = 2026-03-09T12:00:00Z
reason = "she was ill"
[[override]]
student = "eve"
step = "hw01"
score = 55
reason = "shown in class"
[[excuse]]
student = "ken"
step = "hw01"
reason = "joined later"
[[override]]
student = "ada+bob+eve+ken"
step = "hw01"
score = 1
reason = "a group is nobody"
"""


def test_what_the_course_says_it_says_of_a_member(book: Book, out: Path) -> None:
    """Two days late: bob has one late day to spend, ada an extension, and of eve and ken somebody has decided."""
    keep(book, report("ada+bob+eve+ken", 80), handed_in="2026-03-03T11:00:00+00:00")
    (out / "course.toml").write_text(POLICY)
    marks, _ = marks_of(out, read_course(out / "course.toml"))
    found = {
        mark.student: (mark.share and float(mark.share), str(mark.why)) for mark in marks if mark.submission
    }
    assert found == {
        "ada": (0.8, ""),
        "bob": (0.72, "late"),
        "eve": (0.55, "set by hand"),
        "ken": (None, "excused"),
    }


# What came, one run after the other; what each student has then, and which submissions count for somebody.
CHANGES = (
    ([report("ada+bob", 80), report("ada", 30)], {"ada": 30, "bob": 80}, ["ada", "ada+bob"]),
    ([report("ada", 30), report("ada+bob", 80)], {"ada": 80, "bob": 80}, ["ada+bob"]),
    ([report("ada+bob", 80), report("ada", 30), report("bob", 40)], {"ada": 30, "bob": 40}, ["ada", "bob"]),
    (
        [report("ada+bob", 80), report("ada+bob+eve", 50)],
        {"ada": 50, "bob": 50, "eve": 50},
        ["ada+bob+eve"],
    ),
    (
        [report("ada+bob", 80), report("ada", 30), report("ada+bob", 70)],
        {"ada": 70, "bob": 70},
        ["ada+bob"],
    ),
    # A failure of ours takes nobody away from a score, and is not hidden.
    ([report("ada+bob", 80), failed("ada")], {"ada": 80, "bob": 80}, ["ada", "ada+bob"]),
    ([failed("ada+bob"), report("ada", 30)], {"ada": 30, "bob": 0}, ["ada", "ada+bob"]),
    ([failed("ada"), failed("ada+bob")], {"ada": 0, "bob": 0}, ["ada", "ada+bob"]),
    ([report("ada+bob", 80), failed("ada+bob")], {"ada": 80, "bob": 80}, ["ada+bob"]),
)


@pytest.mark.parametrize(("history", "wanted", "counting"), CHANGES)
def test_who_changed_groups_has_the_newer_score(
    *, history: list[Report], wanted: dict[str, int], counting: list[str], book: Book, out: Path
) -> None:
    for one in history:
        keep(book, one)
    assert scores(out) == wanted
    assert listed(out) == counting
    assert len(Reports(out)) == len(counting)


def test_an_older_export_that_is_graded_again_takes_its_members_back(book: Book, out: Path) -> None:
    """What was graded last holds, even where nothing had to be judged for it."""
    keep(book, report("ada+bob", 80))
    keep(book, report("ada", 30))
    keep(book, report("bob", 40))
    book.confirm(Place.STANDING, entry("ada+bob"))
    assert scores(out) == {"ada": 80, "bob": 80}
    assert listed(out) == ["ada+bob"]


def test_the_pages_of_who_came_and_of_who_was_left_are_drawn_again(book: Book) -> None:
    keep(book, report("ada+bob", 80))
    keep(book, report("eve", 30))
    assert undrawn(book) == []
    keep(book, report("ada", 30))
    assert undrawn(book) == ["ada+bob"], "bob alone is there now"
    book.mark_drawn("ada+bob", ALWAYS)
    book.confirm(Place.STANDING, entry("eve"))
    assert undrawn(book) == [], "nothing new"
    book.confirm(Place.STANDING, entry("eve", ["eve", "ken"]))
    assert undrawn(book) == ["eve"]


def test_a_team_gets_its_members_from_a_roster_that_comes_later(book: Book, out: Path) -> None:
    keep(book, report("17", 60), members=["17"])
    book.confirm(Place.STANDING, entry("17", ["3143", "3199"]))
    assert scores(out) == {"3143": 60, "3199": 60}
    book.keep(Place.STANDING, entry("17", ["3143"]), failed("17"), None)
    assert scores(out) == {"3143": 60, "3199": 60}, "who they are, a failure does not decide"


def unsaid(submission: str) -> Entry:
    """What an export says that names no members, graded without a roster."""
    return replace(entry(submission), members=(), name="team" + submission)


def test_an_export_that_does_not_say_who_they_are_takes_nobody_away(book: Book) -> None:
    keep(book, report("17", 60), members=["3143", "3199"])
    keep(book, report("eve", 30))
    for one in ("17", "eve"):
        assert book.named(Place.STANDING, unsaid(one)).members == book.whole(one).members
    assert book.named(Place.STANDING, entry("17", ["3143"])).members == entry("17", ["3143"]).members
    assert book.named(Place.STANDING, unsaid("new")).people == (Member(id="new", name="teamnew"),)
    keep(book, report("3199", 20))
    assert book.named(Place.STANDING, unsaid("17")).members == entry("17", ["3143"]).members


def test_a_regrade_knows_whom_the_results_that_stand_name(book: Book, out: Path) -> None:
    keep(book, report("17", 60), members=["3143", "3199"])
    book.seed(Place.REGRADE, None, new=1)
    keep(book, report("3199", 20), Place.REGRADE)
    group = book.named(Place.REGRADE, unsaid("17"))
    assert group.members == entry("17", ["3143"]).members, "3199 has handed in alone by now"
    book.keep(Place.REGRADE, group, report("17", 70), None)
    assert book.named(Place.REGRADE, unsaid("17")) == group
    book.apply()
    assert scores(out) == {"3143": 70, "3199": 20}


def test_a_roster_need_not_be_given_again(tmp_path: Path) -> None:
    out, command = tmp_path / "out", ["hw01", str(FOLDER / "canvas-groups.zip"), "--out"]
    main(["grade", *command, str(out), "--roster", str(FOLDER / "canvas-groups.csv")])
    named = [report.members for report in Reports(out)]
    assert named[0] == (
        Member(id="3143", name="Lovelace, Ada"),
        Member(id="3144", name='O\'Hara, Scarlett "Kate"'),
    )
    main(["grade", *command, str(out)])
    assert [report.members for report in Reports(out)] == named
    main(["grade", *command, str(out), "--seed", "77"])
    assert [report.members for report in Reports(out)] == named
    main(["regrade", *command, str(out), "--seed", "78"])
    main(["regrade", "hw01", "--out", str(out), "--apply"])
    assert [report.members for report in Reports(out)] == named
    assert "Scarlett" in (out / "reports" / "3143.html").read_text()


def test_a_regrade_changes_groups_only_when_it_is_applied(book: Book, out: Path) -> None:
    keep(book, report("ada+bob", 80))
    keep(book, report("eve", 30))
    book.seed(Place.REGRADE, None, new=1)
    keep(book, report("ada", 10), Place.REGRADE)
    keep(book, failed("bob"), Place.REGRADE)
    keep(book, report("eve", 30), Place.REGRADE)
    assert scores(out) == {"ada": 80, "bob": 80, "eve": 30}
    assert [one.submission for one in Reports(out, Place.REGRADE)] == ["ada", "bob", "eve"]
    assert book.drop() == 3
    assert scores(out) == {"ada": 80, "bob": 80, "eve": 30}
    book.seed(Place.REGRADE, None, new=1)
    keep(book, report("ada", 10), Place.REGRADE)
    keep(book, failed("bob"), Place.REGRADE)
    assert book.apply() == 1
    assert scores(out) == {"ada": 10, "bob": 80, "eve": 30}, "bob's failed, so his score is the group's"
    assert "ada+bob" in undrawn(book)
    with closing(sqlite3.connect(out / NAME)) as database:
        assert database.execute("SELECT count(*) FROM members WHERE place = 'regrade'").fetchone() == (0,)


# The gradebook as it was before it knew members.
FORMAT_1 = """
CREATE TABLE runs (place TEXT PRIMARY KEY, step TEXT NOT NULL, seed INTEGER NOT NULL) STRICT;
CREATE TABLE results (
    place TEXT NOT NULL, student TEXT NOT NULL, broken INTEGER NOT NULL, name TEXT NOT NULL,
    handed_in TEXT NOT NULL, late INTEGER NOT NULL, submission BLOB NOT NULL, judging BLOB NOT NULL,
    status TEXT NOT NULL, score INTEGER NOT NULL, max_score INTEGER NOT NULL, drawn BLOB,
    light BLOB NOT NULL, report BLOB NOT NULL, PRIMARY KEY (place, student, broken)
) STRICT;
CREATE VIEW counting AS
    SELECT mine.*, other.broken IS NOT NULL AS troubled
    FROM results AS mine LEFT JOIN results AS other
    ON (other.place, other.student, other.broken) = (mine.place, mine.student, 1 - mine.broken)
    WHERE NOT (mine.broken AND troubled);
PRAGMA user_version = 1;
"""


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """A gradebook of format 1: a group with a score and a failure since, a student alone, and a regrade."""
    out, new = tmp_path / "former", tmp_path / "new"
    for folder in (out, new):
        folder.mkdir()
    with opened(new, STEP) as book:
        for place in Place:
            book.seed(place, 1, new=1)
        keep(book, report("ada+bob", 80))
        keep(book, failed("ada+bob"))
        keep(book, report("eve", 30))
        keep(book, report("eve", 40), Place.REGRADE)
    with closing(sqlite3.connect(out / NAME, isolation_level=None)) as database:
        database.executescript(FORMAT_1)
        database.execute("ATTACH ? AS new", [str(new / NAME)])
        database.execute("INSERT INTO runs SELECT * FROM new.runs")
        database.execute("INSERT INTO results SELECT * FROM new.results")
        database.execute("UPDATE results SET name = 'Ada, Bob' WHERE student = 'ada+bob'")
    return out


def version(out: Path) -> int:
    with closing(sqlite3.connect(out / NAME)) as database:
        return int(database.execute("PRAGMA user_version").fetchone()[0])


def test_a_former_gradebook_is_read_as_it_is(former: Path) -> None:
    before = (former / NAME).read_bytes()
    assert scores(former) == {"ada+bob": 80, "eve": 30}
    assert [(one.submission, [member.name for member in one.members]) for one in Reports(former)] == [
        ("ada+bob", ["Ada, Bob"]),
        ("eve", [""]),
    ]
    assert [one.score for one in Reports(former, Place.REGRADE)] == [40]
    assert main(["gradebook", "--out", str(former)]) == 0
    assert (former / NAME).read_bytes() == before and version(former) == 1


def test_a_former_gradebook_becomes_a_new_one_when_it_is_written_to(former: Path) -> None:
    with opened(former, STEP) as book:
        assert version(former) == FORMAT
        assert scores(former) == {"ada+bob": 80, "eve": 30}, "nothing is lost"
        assert book.holds(Place.STANDING, entry("ada+bob")), "nor judged again for that"
        book.confirm(Place.STANDING, entry("ada+bob"))
        assert scores(former) == {"ada": 80, "bob": 80, "eve": 30}, "the next run says whose it is"
        assert book.apply() == 1
    assert scores(former) == {"ada": 80, "bob": 80, "eve": 40}


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    former: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.gradebook import tables

    monkeypatch.setattr(
        tables, "MIGRATION", tables.MIGRATION.replace("INSERT INTO members", "INSERT INTO nowhere")
    )
    with pytest.raises(Refusal, match="no such table: nowhere"), opened(former, STEP):
        pass
    monkeypatch.undo()
    assert version(former) == 1 and scores(former) == {"ada+bob": 80, "eve": 30}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a Gradescope export in which two hand in together."""
    folder = tmp_path_factory.mktemp("groups")
    source = lay(folder / "class", exports.gradescope())
    with open_class(source, STEP) as found:
        grade(
            Plan(step=STEP, source=source, out=folder / "out", engine=here(STEP, 2), kind="box", seed=1),
            found.handed,
            Watcher(),
        )
    return folder / "out"


GROUP = "008+grace@example.org"


def test_the_class_says_whose_work_each_is(graded: Path) -> None:
    rows = plain_json.loads((graded / "class.json").read_bytes())["submissions"]
    assert {row["submission"]: [member["id"] for member in row["members"]] for row in rows} == {
        "007": ["007"],
        GROUP: ["grace@example.org", "008"],
        "nobody@example.org": ["nobody@example.org"],
        "submission_90874": ["submission_90874"],
    }
    one = plain_json.loads((graded / "reports" / f"{GROUP}.json").read_bytes())
    assert one["members"] == next(row["members"] for row in rows if row["submission"] == GROUP)
    assert "Grace" in (graded / "class.txt").read_text("utf-8")
    page = (graded / "index.html").read_text("utf-8")
    assert "Ada Lovelace" in page and "=1+1" in page
    page = (graded / "reports" / f"{GROUP}.html").read_text("utf-8")
    assert "=1+1 (008)" in page and "(grace@example.org)" in page


def test_every_export_has_a_line_for_each_member(
    graded: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["export", "--to", "csv-exact", str(graded)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode(), newline="")))
    assert [(row["student"], row["submission"], row["score"]) for row in rows] == [
        ("007", "007", "100"),
        ("grace@example.org", GROUP, "10"),
        ("008", GROUP, "10"),
        ("nobody@example.org", "nobody@example.org", "0"),
        ("submission_90874", "submission_90874", "100"),
    ]
    assert main(["export", "--to", "json", str(graded)]) == 0
    students = plain_json.loads(capsysbinary.readouterr().out)["students"]
    assert [one["student"] for one in students] == [row["student"] for row in rows]
    assert main(["gradebook", "--out", str(graded)]) == 0
    shown = capsysbinary.readouterr().out.decode()
    assert "=1+1 (008)" in shown and "5 students" in shown


def test_what_a_member_is_called_does_no_harm() -> None:
    one = replace(report("17"), members=(Member(id="3143", name=EVIL), Member(id="3199", name=EVIL)))
    for page in (
        "".join(class_page([one], lambda _: "x.html")),
        pages(one, frozenset())["17.html"].decode(),
    ):
        assert "<script>document.title" not in page and "\x1b" not in page and "\u202e" not in page
        assert "&lt;script&gt;document.title" in page
