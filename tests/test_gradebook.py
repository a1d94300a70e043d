"""The gradebook's file: what is kept stays, and no score gives way to a failure of ours. And the course at a glance."""

import os
import signal
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from grader.cli import main
from grader.gradebook import Book, Entry, Place, Reports, opened
from grader.gradebook.course import Course
from grader.gradebook.glance import glance
from grader.gradebook.reports import AGAIN
from grader.gradebook.tables import FORMAT, NAME, reading, said_of
from grader.judge import broken, not_gradable
from grader.outcome import Member, Outcome, Refusal, Report, Status
from grader.report.exports.course import for_people, for_programs
from grader.report.gradebook import change_listing, changes
from grader.report.tables import Listing
from grader.report.text import drawn
from grader.steps import ROOT, find
from tests.grading import STEP, hand_in, job
from tests.processes import wait_until_ended

HW02 = find("hw02")
OLD, NEW = b"old", b"new"


def report(student: str = "ada", score: int = 100) -> Report:
    """A report that some judge could have made, as the gradebook gives it back: of the student alone."""
    return replace(alone(not_gradable(job(student))), status=Status.GRADED, score=score)


def alone(report: Report) -> Report:
    """It is the work of whom it is called after."""
    return replace(report, members=(Member(id=report.submission),))


def entry(student: str = "ada", submission: bytes = OLD, **more: str) -> Entry:
    return Entry(student=student, submission=submission, judging=b"these checks", **more)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with opened(tmp_path, STEP) as book:
        book.seed(Place.STANDING, 1, new=2)
        yield book


def rows(out: Path) -> list[tuple[str, str, int, str, int]]:
    """All that is kept, in short."""
    with reading(out / NAME) as database:
        query = "SELECT place, student, broken, status, score FROM results ORDER BY 1, 2, 3"
        return database.execute(query).fetchall()


def test_what_is_kept_is_what_was_judged(book: Book, tmp_path: Path) -> None:
    kept = [report(name) for name in ("zoë \N{SNAKE}", "=1+1", "ada", "a" * 300)]
    for one in kept:
        book.keep(Place.STANDING, entry(one.submission), one, None)
    assert list(Reports(tmp_path)) == sorted(kept, key=lambda one: one.submission)
    assert len(Reports(tmp_path)) == 4
    assert kept[0] in Reports(tmp_path) and report("eve") not in Reports(tmp_path)
    assert [book.whole(one.submission) for one in kept] == kept


def test_a_report_can_be_read_as_soon_as_it_is_kept(book: Book, tmp_path: Path) -> None:
    for number in range(1, 4):
        book.keep(Place.STANDING, entry(f"student{number}"), report(f"student{number}"), None)
        assert len(Reports(tmp_path)) == number


BROKEN = alone(broken(job("ada"), "we failed"))
GOOD, BETTER = report(score=40), report(score=90)
HISTORIES = (  # what came for ada: her report, the number of failures, which submissions are done
    ([], None, 0, {OLD: False, NEW: False}),
    ([(OLD, GOOD)], GOOD, 0, {OLD: True, NEW: False}),
    ([(OLD, BROKEN)], BROKEN, 1, {OLD: False, NEW: False}),
    ([(OLD, BROKEN), (OLD, BROKEN)], BROKEN, 1, {OLD: False, NEW: False}),
    ([(OLD, BROKEN), (OLD, GOOD)], GOOD, 0, {OLD: True, NEW: False}),
    ([(OLD, GOOD), (NEW, BROKEN)], replace(GOOD, notes=(AGAIN,)), 1, {OLD: True, NEW: False}),
    ([(OLD, GOOD), (NEW, BROKEN), (NEW, BETTER)], BETTER, 0, {OLD: False, NEW: True}),
    ([(OLD, GOOD), (NEW, BETTER)], BETTER, 0, {OLD: False, NEW: True}),
)


@pytest.mark.parametrize(("history", "counts", "failures", "done"), HISTORIES)
def test_broken_never_takes_the_place_of_a_score(
    *,
    history: list[tuple[bytes, Report]],
    counts: Report | None,
    failures: int,
    done: dict[bytes, bool],
    book: Book,
    tmp_path: Path,
) -> None:
    for submission, one in history:
        book.keep(Place.STANDING, entry(submission=submission), one, None)
    assert list(Reports(tmp_path)) == ([counts] if counts else [])
    assert Reports(tmp_path).broken == failures
    assert {each: book.holds(Place.STANDING, entry(submission=each)) for each in done} == done
    assert book.has_score(Place.STANDING, "ada") is any(done.values())


def test_a_name_and_a_time_may_come_later(book: Book, tmp_path: Path) -> None:
    book.keep(Place.STANDING, entry(), report(), None)
    book.confirm(Place.STANDING, entry(name="Ada Lovelace", handed_in="2026-03-01T12:00:00+01:00"))
    with reading(tmp_path / NAME) as database:
        [found] = database.execute("SELECT name, handed_in, late FROM results")
    assert found == ("Ada Lovelace", "2026-03-01T12:00:00+01:00", 0)


def test_who_goes_back_to_the_submission_with_the_score_is_in_no_trouble(book: Book, tmp_path: Path) -> None:
    book.keep(Place.STANDING, entry(submission=OLD), GOOD, None)
    book.keep(Place.STANDING, entry(submission=NEW), BROKEN, None)
    book.confirm(Place.STANDING, entry(submission=OLD))
    assert list(Reports(tmp_path)) == [GOOD]
    assert not Reports(tmp_path).broken


SEEDS = ((None, None, 7, 7), (3, None, 7, 3), (3, 4, 7, 4))  # asked for at first, then; a new one: the second


@pytest.mark.parametrize(("first", "then", "new", "seed"), SEEDS)
def test_a_run_that_goes_on_has_the_seed_of_the_one_before(
    first: int | None, then: int | None, new: int, seed: int, tmp_path: Path
) -> None:
    with opened(tmp_path, STEP) as book:
        book.seed(Place.STANDING, first, new=new)
    with opened(tmp_path, STEP) as book:
        assert book.seed(Place.STANDING, then, new=99) == seed
        assert book.seed(Place.REGRADE, None, new=98) == seed


def test_a_regrade_keeps_the_scores_that_it_could_not_judge(book: Book, tmp_path: Path) -> None:
    for name in ("ada", "bob"):
        book.keep(Place.STANDING, entry(name), report(name, 70), None)
    book.seed(Place.REGRADE, 5, new=2)
    book.keep(Place.REGRADE, entry("ada"), report("ada", 80), None)
    book.keep(Place.REGRADE, entry("bob"), broken(job("bob"), "we failed"), None)
    found = list(changes(Reports(tmp_path), Reports(tmp_path, Place.REGRADE), set()))
    assert [(one.student, one.after.status) for one in found] == [("ada", "graded"), ("bob", "broken")]
    assert book.apply() == 1
    assert [(one.submission, one.score) for one in Reports(tmp_path)] == [("ada", 80), ("bob", 70)]
    assert {place for place, *_ in rows(tmp_path)} == {"standing"}
    assert book.seed(Place.STANDING, None, new=2) == 5


HOLDS = (
    "import sys, pathlib; from grader.gradebook.lock import sole_writer\n"
    "with sole_writer(pathlib.Path(sys.argv[1])): print('holding', flush=True); sys.stdin.read()\n"
)


@contextmanager
def another_writer(out: Path) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-c", HOLDS, str(out)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"holding\n"
        yield other


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with another_writer(tmp_path) as other:
        with pytest.raises(Refusal, match="Another run is writing its results"), opened(tmp_path, STEP):
            pass
        other.kill()
        wait_until_ended([other.pid])
        with opened(tmp_path, STEP):
            pass


def test_a_killed_writer_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    """It dies with a result half written. The one before it is there, and no other."""
    child = os.fork()
    if not child:
        try:
            with opened(tmp_path, STEP) as book:
                for number in range(5):
                    book.keep(Place.STANDING, entry(f"student{number}"), report(f"student{number}"), None)
                book._database.execute("BEGIN IMMEDIATE")
                book._database.execute("UPDATE results SET score = 0")
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert [one.score for one in Reports(tmp_path)] == [100] * 5
    assert [score for *_, score in rows(tmp_path)] == [100] * 5


def test_another_step_needs_another_folder(tmp_path: Path) -> None:
    with opened(tmp_path, STEP) as book:
        book.seed(Place.STANDING, 1, new=1)
    with (
        pytest.raises(Refusal, match="holds the results of hw01_echo: choose another"),
        opened(tmp_path, HW02),
    ):
        pass


def test_a_gradebook_that_cannot_be_written_to_says_what_to_do(tmp_path: Path) -> None:
    """What SQLite says of it would send the reader to look for a fault in the grader."""
    with opened(tmp_path, STEP) as book:
        book.seed(Place.STANDING, 1, new=1)
    where = f"file:{tmp_path / NAME}?mode=ro"
    with (
        pytest.raises(Refusal) as caught,
        said_of(tmp_path / NAME),
        closing(sqlite3.connect(where, uri=True)) as database,
    ):
        database.execute("DELETE FROM runs")
    assert str(caught.value).endswith(
        f"{NAME}: its folder is read-only, and SQLite writes there even to read; take a copy of the folder."
    )


def test_a_file_that_is_no_gradebook_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"certainly not a database" * 100)
    with (
        pytest.raises(Refusal, match=r"Cannot use the gradebook .*: file is not a database"),
        opened(tmp_path, STEP),
    ):
        pass
    (tmp_path / NAME).unlink()
    with closing(sqlite3.connect(tmp_path / NAME)) as database:
        database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    sentence = f"is a gradebook of format {FORMAT + 1}, and this grader knows none above {FORMAT}"
    with pytest.raises(Refusal, match=sentence), opened(tmp_path, STEP):
        pass
    with pytest.raises(Refusal, match=sentence):
        list(Reports(tmp_path))


def test_memory_does_not_grow_with_the_class(tmp_path: Path) -> None:
    """To walk through ten times as many reports takes hardly more of it."""
    peaks = []
    with opened(tmp_path, STEP) as book:
        for size in (100, 1000):
            for number in range(size):
                book.keep(Place.STANDING, entry(f"student{number}"), report(f"student{number}"), None)
            tracemalloc.start()
            assert sum(one.score for one in Reports(tmp_path)) == 100 * size
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]


def test_a_course_at_a_glance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = {STEP: (("ada", 100, "2026-03-01T12:00:01+00:00"), ("bob", 40, "")), HW02: (("ada", 50, ""),)}
    for step, students in results.items():
        (tmp_path / step.short).mkdir()
        with opened(tmp_path / step.short, step) as book:
            book.seed(Place.STANDING, 1, new=1)
            for name, score, when in students:
                one = entry(name, name=name.title(), handed_in=when)
                book.keep(Place.STANDING, one, report(name, score), None)
    (tmp_path / "course.toml").write_text(
        "late.percent_per_day = 10\n[steps.hw01]\ndeadline = 2026-03-01T12:00:00Z\nweight = 3\n"
        '[[excuse]]\nstudent = "bob"\nstep = "hw02"\nreason = "joined later"\n'
        '[[override]]\nstudent = "eev"\nstep = "hw02"\nscore = 1\nreason = "a slip of the pen"\n'
    )
    command = ["gradebook", "--out", str(tmp_path), "--course", str(tmp_path / "course.toml")]
    assert main(command) == 0
    shown = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert shown == [
        "student hw01 hw02 total",
        "Ada (ada) 90 (1 d late) 50 80.0 %",
        "Bob (bob) 40 excused 40.0 %",
        "2 students · 2 steps · mean 60.0 %",
        "hw02 Bob (bob): excused: joined later",
        "hw01: when 1 came is not known, so they count as on time",
        "course.toml names somebody who has no result: eev",
    ]
    assert main([*command, "--to", "csv-exact"]) == 0
    said = capsys.readouterr()
    assert said.out.split("\r\n") == [
        "student,name,hw01,hw01 note,hw02,hw02 note,total",
        "ada,Ada,90,late,50,,80",
        "bob,Bob,40,,,excused,40",
        "",
    ]
    assert said.err.splitlines() == [
        "grader: hw01: when 1 came is not known, so they count as on time.",
        "grader: course.toml names somebody who has no result: eev.",
    ]
    assert main([*command, "--to", "csv", "--output", str(tmp_path / "course.csv")]) == 0
    assert (tmp_path / "course.csv").read_bytes().startswith(b'\xef\xbb\xbf"student","name","hw01"')


def test_a_course_in_a_spreadsheet_has_no_formula(book: Book, tmp_path: Path) -> None:
    book.keep(Place.STANDING, entry("=1+1", name="@SUM(A1)"), report("=1+1"), None)
    found = glance([tmp_path], Course())
    assert for_people(found).splitlines()[1] == b'"\'=1+1","\'@SUM(A1)","100","","100"'
    assert for_programs(found).splitlines()[1] == b"=1+1,@SUM(A1),100,,100"


def test_what_a_regrade_would_change() -> None:
    """Each kind of change has its words, and the last lines say how to decide."""
    first, *others = report("x").results
    lost, won = (replace(first, outcome=outcome) for outcome in (Outcome.FAIL, Outcome.PASS))
    waited = [replace(other, outcome=Outcome.PASS) for other in others[:2]]
    old = [
        report("ada", 40),
        report("bob", 80),
        replace(report("eve"), results=(lost, *others[:2])),
        report("ken"),
        replace(report("a+b"), members=(Member(id="a", name="Al"), Member(id="b", name="Bo"))),
    ]
    new = [
        report("ada", 90),
        replace(report("bob", 10), status=Status.NOT_GRADABLE),
        replace(report("eve"), results=(won, *waited)),
        broken(job("ken"), "we failed"),
        report("zoe", 50),
        replace(report("a+b"), members=(Member(id="a", name="Al"), Member(id="c"))),
    ]
    found = list(changes(old, new, {"ada"}))
    shown = drawn(Listing(partial(change_listing, found, 7, "python -m grader regrade hw01 --out out")))
    assert [" ".join(line.split()) for line in shown.splitlines() if line] == [
        "student before after what is different",
        "ada 40 90 other files",
        "bob 80 10 graded, now not gradable",
        "eve 100 100 listens: fail, now pass; 2 checks that wait for others",
        "ken 100 - the grader itself failed: what was before stays",
        "zoe - 50 was not there",
        "Al; c (a+b) 100 100 it was the work of Al; Bo",
        "7 judged anew · 1 rise · 1 fall · 1 as before · 1 new · 1 broken, which keep their score",
        "let it stand python -m grader regrade hw01 --out out --apply",
        "forget it python -m grader regrade hw01 --out out --drop",
    ]
    assert not list(changes(old, old, set()))


WRONG_USE = (
    ("gradebook --out {none}", "There is no gradebook in {none}: `python -m grader grade` makes one."),
    ("gradebook --out {all}", "both hold hw01_echo: name with --out those that count."),
    ("gradebook --out {out} --output x.csv", "--output is for a table: say --to csv, or csv-exact."),
    ("gradebook --out {out} --course {none}", "Cannot read {none}: no such file or directory."),
    ("regrade hw01 --out {out}", "What is to be judged anew?"),
    ("regrade hw01 --out {none} --apply", "Nothing in {none} has been graded yet"),
    ("regrade hw02 --out {out} --drop", "{out} holds the results of hw01_echo: choose another --out"),
    ("regrade hw01 {class} --out {none}", "Nothing in {none} has been graded yet"),
)


@pytest.mark.parametrize(("words", "sentence"), WRONG_USE, ids=[words for words, _ in WRONG_USE])
def test_wrong_use_is_one_sentence(
    words: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = {"none": tmp_path / "none", "all": tmp_path, "out": tmp_path / "out", "class": tmp_path / "class"}
    hand_in(paths["class"] / "ada")
    for folder in (paths["out"], tmp_path / "other"):
        folder.mkdir()
        with opened(folder, STEP) as book:
            book.seed(Place.STANDING, 1, new=1)
    assert main([word.format(**paths) for word in words.split()]) == 2
    said = capsys.readouterr().err
    assert sentence.format(**paths) in said
    assert len(said.splitlines()) == 1
    assert not paths["none"].exists()
