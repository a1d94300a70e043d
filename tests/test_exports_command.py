"""`export`: from a gradebook to a file, by the course's policy; what is wrong is one sentence, and writes nothing."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from grader.cli import main
from grader.cli.marks import marks_of
from grader.gradebook import Entry, Place, opened
from grader.gradebook.course import read_course
from grader.intake import open_class
from grader.judge import broken, not_gradable
from grader.outcome import Report, Status
from grader.report import json as reports
from grader.report.exports import canvas, moodle
from grader.report.exports.marks import Mark
from grader.steps import Step, find
from tests.grading import RIGHT, STEP, job
from tests.report.samples import REPORTS
from tests.test_exports_reports import SECRET, with_card
from tests.test_exports_tables import COLUMN, differences, gradebook, worksheet

HW02 = find("hw02")


def keep(out: Path, step: Step, *kept: Report, when: str = "") -> None:
    """A gradebook in `out` that holds these reports."""
    out.mkdir(parents=True, exist_ok=True)
    with opened(out, step) as book:
        book.seed(Place.STANDING, 1, new=1)
        for report in kept:
            entry = Entry(
                student=report.submission,
                name=f"Name of {report.submission}",
                handed_in=when,
                submission=b"s",
                judging=b"j",
            )
            book.keep(Place.STANDING, entry, replace(report, step=step.slug), None)


def scored(student: str, score: int) -> Report:
    return replace(not_gradable(job(student)), status=Status.GRADED, score=score)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The results of a class of Canvas's or Moodle's: two scores, one that the grader failed at."""
    folder = tmp_path / "results" / "hw01"
    failed = replace(broken(job("101"), "we failed"), score=0)
    keep(folder, STEP, scored("100", 87), failed, scored("102", 40))
    return folder


@pytest.mark.parametrize(
    ("lms", "data", "column"), [("canvas", gradebook(), COLUMN), ("moodle", worksheet(), "")]
)
def test_into_the_lms(
    *, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lms: str, data: bytes, column: str
) -> None:
    table, filled = tmp_path / "lms.csv", tmp_path / "filled.csv"
    table.write_bytes(data)
    more = ["--column", column] if column else []
    assert main(["export", "--to", lms, str(out), "--into", str(table), *more, "--output", str(filled)]) == 0
    assert [new for *_, new in differences(data, filled.read_bytes())] == ["87", "40"]
    assert table.read_bytes() == data
    said = capsys.readouterr().err
    assert "Name of 101 (101): the grader itself failed, so the cell stays as it is." in said
    assert "2 students have a score." in said


DOWNLOADS = (  # how the LMS calls the submission of student 100, and the table that it writes of the same course
    ("canvas", "lovelaceada_LATE_100_2077_server.py", gradebook(), COLUMN),
    ("moodle", "Ada Lovelace_100_assignsubmission_file_server.py", worksheet(), ""),
)


@pytest.mark.parametrize(("lms", "name", "data", "column"), DOWNLOADS)
def test_whom_the_download_names_the_table_knows(
    *, tmp_path: Path, lms: str, name: str, data: bytes, column: str
) -> None:
    (tmp_path / name).write_bytes(RIGHT)
    with open_class(tmp_path, STEP) as found:
        [handed] = found.handed
    mark = Mark(student=handed.identity, name=handed.name, share=Fraction(1))
    fill = {"canvas": canvas.fill, "moodle": moodle.fill}[lms]
    [(*_, cell)] = differences(data, fill(data, [mark], column).data)
    assert cell == "100"


def test_a_refused_table_writes_nothing(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, filled = tmp_path / "lms.csv", tmp_path / "filled.csv"
    table.write_bytes(gradebook().replace(b",102,", b",100,"))
    arguments = ["export", "--to", "canvas", str(out), "--into", str(table), "--column", COLUMN]
    assert main([*arguments, "--output", str(filled)]) == 2
    assert capsys.readouterr().err == "grader: 100 is there twice, in rows 4 and 6: nothing was filled in.\n"
    assert not filled.exists()


def test_standard_output_holds_the_table_and_nothing_else(
    out: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "lms.csv").write_bytes(worksheet())
    assert main(["export", "--to", "moodle", str(out), "--into", str(tmp_path / "lms.csv")]) == 0
    assert len(differences(worksheet(), capsysbinary.readouterr().out)) == 2


WRONG = (
    (["--to", "canvas", "OUT"], "name it with --into"),
    (["--to", "csv", "OUT", "--into", "x.csv"], "--into is for canvas and moodle"),
    (["--to", "csv", "OUT", "--column", "x"], "--column is for canvas and moodle"),
    (["--to", "canvas", "OUT", "--into", "x.csv", "--output", "x.csv"], "choose another --output"),
    (["--to", "canvas", "OUT", "--into", "missing.csv"], "Cannot read missing.csv"),
    (["--to", "csv", "nowhere"], "There is no gradebook in nowhere"),
    (["--to", "junit", "nowhere"], "Cannot read nowhere"),
    (["--to", "gradescope", "OUT"], "takes one report: name one of"),
    (["--to", "github", "README"], "This is not JSON"),
    (["--to", "csv", "OUT", "--output", "no/such/folder.csv"], "Cannot write no/such/folder.csv"),
)


@pytest.mark.parametrize(("words", "sentence"), WRONG)
def test_wrong_use_is_one_sentence(
    *,
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("README").write_text("hello")
    assert main(["export", *(str(out) if word == "OUT" else word for word in words)]) == 2
    said = capsys.readouterr().err
    assert sentence in said and said.count("\n") == 1


def test_the_class_in_every_format(out: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    found = {}
    for name in ("csv", "csv-exact", "json", "junit"):
        assert main(["export", "--to", name, str(out)]) == 0
        found[name] = capsysbinary.readouterr().out
    assert [one["score"] for one in json.loads(found["json"])["students"]] == [87, None, 40]
    assert found["csv-exact"].count(b"\r\n") == found["csv"].count(b"\r\n") == 4
    assert found["junit"].count(b"<testsuite ") == 3


def test_one_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, summary = tmp_path / "report.json", tmp_path / "summary.md"
    file.write_bytes(reports.dumps(REPORTS["several_failed"]))
    assert main(["export", "--to", "github", str(file), "--output", str(summary)]) == 0
    assert summary.read_text("utf-8").startswith("## hw01\\_echo")
    assert capsys.readouterr().out.count("::error ") == 3
    assert main(["export", "--to", "gradescope", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["score"] == REPORTS["several_failed"].score
    assert main(["export", "--to", "junit", str(file)]) == 0
    assert capsys.readouterr().out.count("<failure") == 3
    file.write_bytes(reports.dumps(REPORTS["broken"]))
    assert main(["export", "--to", "gradescope", str(file)]) == 2


@pytest.mark.parametrize(
    ("shown", "told"), [('hidden = "always"', True), ('hidden = "never"', False), ("", False)]
)
def test_hidden_checks_open_when_the_course_says_so(
    *, tmp_path: Path, capsys: pytest.CaptureFixture[str], shown: str, told: bool
) -> None:
    from grader.outcome import Visibility

    file, rules = tmp_path / "report.json", tmp_path / "rules.toml"
    file.write_bytes(reports.dumps(with_card(Visibility.HIDDEN)))
    rules.write_text(f"[shown]\n{shown}\n")
    for name in ("junit", "gradescope", "github"):
        assert main(["export", "--to", name, str(file), "--course", str(rules)]) == 0
        assert (SECRET in capsys.readouterr().out) is told


POLICY = """
[late]
percent_per_day = 10
late_days = 1
[steps.hw01]
deadline = 2026-03-01T12:00:00Z
[steps.hw02]
deadline = 2026-03-08T12:00:00Z
[[override]]
student = "eve"
step = "hw01"
score = 55
reason = "shown in class"
[[excuse]]
student = "bob"
step = "hw01"
reason = "ill"
"""


def test_scores_are_those_of_the_policy(tmp_path: Path) -> None:
    """Late days that were spent elsewhere are gone, and what was set by hand needs no submission."""
    rules = tmp_path / "course.toml"
    rules.write_text(POLICY)
    first, second = tmp_path / "results" / "one", tmp_path / "results" / "two"
    keep(first, STEP, scored("ada", 80), scored("bob", 80), when="2026-03-02T11:00:00+00:00")
    keep(second, HW02, scored("ada", 80), scored("eve", 80), when="2026-03-09T11:00:00+00:00")
    course = read_course(rules)
    found = {mark.student: (mark.share, mark.why) for mark in marks_of(first, course)[0]}
    assert {student: (share and float(share), why) for student, (share, why) in found.items()} == {
        "ada": (0.8, "late"),
        "bob": (None, "excused"),
        "eve": (0.55, "set by hand"),
    }
    found = {mark.student: (mark.share, mark.why) for mark in marks_of(second, course)[0]}
    assert found["ada"][0] == pytest.approx(0.72) and found["eve"][0] == pytest.approx(0.8)


def test_late_days_look_for_other_steps_only_and_say_where_they_are_unsure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has graded a step twice can still export it; of another step only one gradebook can count."""
    first, again, second, copy = (tmp_path / name for name in ("one", "one_again", "two", "two_again"))
    (tmp_path / "course.toml").write_text(POLICY)
    export = ["export", "--to", "csv-exact", str(first)]
    for out in (first, again):
        keep(out, STEP, scored("ada", 80), when="2026-03-02T11:00:00+00:00")
    assert main(export) == 0
    keep(second, HW02, scored("ada", 80), when="2026-03-09T11:00:00+00:00")
    assert main(export) == 0
    keep(copy, HW02, scored("ada", 80), when="2026-03-09T11:00:00+00:00")
    capsys.readouterr()
    assert main(export) == 2
    told = f"grader: {second} and {copy} both hold hw02_hello_app: late days may have been spent in either, "
    assert capsys.readouterr().err == told + "so move the one that does not count to another place.\n"


@pytest.mark.parametrize("name", ["course", "a/b/c", "/b", "a/", "a b/c", "a/$(x)"])
def test_the_workflow_needs_a_repository(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["github-workflow", "hw01", name]) == 2
    assert "is no repository on GitHub: write OWNER/NAME." in capsys.readouterr().err
    assert main(["github-workflow", "hw01", "some.one/echo_to-wsgi"]) == 0
