"""A class that is graded again: what is done is not repeated, nothing is lost, and a regrade waits for a decision."""

import errno
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from grader import batch
from grader.batch import CannotWrite, Plan, Watcher, apply, drop, grade, regrade
from grader.engine import Local, here
from grader.gradebook import Place, Reports
from grader.gradebook.reports import AGAIN
from grader.gradebook.tables import NAME, transaction
from grader.intake import open_class
from grader.judge import broken, not_gradable
from grader.outcome import Card, Outcome, Refusal, Visibility
from grader.report.gradebook import changes
from tests.grading import CAPITALS, RIGHT, STEP, hand_in, job
from tests.kills import campaign


def made_class(folder: Path) -> Path:
    """Two programs, and nothing at all."""
    hand_in(folder / "ada")
    hand_in(folder / "alan", CAPITALS)
    (folder / "empty").mkdir()
    return folder


def plan(source: Path, out: Path, **more: object) -> Plan:
    return Plan(step=STEP, source=source, out=out, engine=here(STEP, 2), **{"kind": "box", **more})


class Log:
    """Remembers what a run said."""

    def __init__(self) -> None:
        self.before: list[int] = []
        self.began: list[str] = []
        self.done: list[str] = []

    def watcher(self) -> Watcher:
        return Watcher(
            before=self.before.append,
            began=self.began.append,
            done=lambda report: self.done.append(report.submission),
        )


def run(how: object, given: Plan) -> tuple[Reports, Log]:
    """What a run returns, and what it said."""
    log = Log()
    with open_class(given.source, STEP) as found:
        return how(given, found.handed, log.watcher()), log


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class, and beside it its results."""
    folder = tmp_path_factory.mktemp("finished")
    run(grade, plan(made_class(folder / "class"), folder / "out", seed=3))
    return folder


@pytest.fixture
def again(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    subprocess.run(["cp", "-a", finished / "class", finished / "out", tmp_path], check=True)
    return tmp_path


def pages(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "reports").iterdir()}


def test_what_is_done_is_not_done_again(again: Path) -> None:
    before = pages(again / "out"), (again / "out" / "class.json").read_bytes()
    reports, log = run(grade, plan(again / "class", again / "out"))
    assert (log.before, log.began, log.done) == ([3], [], [])
    assert [one.score for one in reports] == [100, 10, 0]
    assert (pages(again / "out"), (again / "out" / "class.json").read_bytes()) == before


def test_only_what_has_changed_is_judged_again(again: Path) -> None:
    (again / "class" / "alan" / "server.py").write_bytes((again / "class" / "ada" / "server.py").read_bytes())
    hand_in(again / "class" / "bob", CAPITALS)
    reports, log = run(grade, plan(again / "class", again / "out"))
    assert (log.before, sorted(log.began), sorted(log.done)) == ([2], ["alan", "bob"], ["alan", "bob"])
    assert {one.submission: one.score for one in reports} == {"ada": 100, "alan": 100, "bob": 10, "empty": 0}


def test_another_seed_judges_all_again(again: Path) -> None:
    reports, log = run(grade, plan(again / "class", again / "out", seed=4))
    assert sorted(log.done) == ["ada", "alan", "empty"]
    assert {one.seed for one in reports} == {4}


def test_who_is_not_handed_in_again_keeps_the_score(again: Path) -> None:
    late = hand_in(again / "late" / "bob", CAPITALS).parent
    reports, log = run(grade, plan(late, again / "out"))
    assert log.done == ["bob"]
    assert [one.submission for one in reports] == ["ada", "alan", "bob", "empty"]


def test_pages_that_are_lost_are_drawn_from_the_gradebook(again: Path) -> None:
    before = pages(again / "out")
    for name in ("ada.json", "ada.txt", "ada.html"):
        (again / "out" / "reports" / name).unlink()
    _, log = run(grade, plan(again / "class", again / "out"))
    assert not log.done
    assert pages(again / "out") == before


def test_a_run_that_broke_off_after_the_commit_leaves_no_page_out(again: Path) -> None:
    """As after `--apply`, which commits first: the pages are another regrade's, or not there at all."""
    with closing(sqlite3.connect(again / "out" / NAME)) as database, transaction(database):
        database.execute("UPDATE results SET drawn = NULL WHERE student = 'ada'")
    before = pages(again / "out")
    (again / "out" / "reports" / "ada.txt").write_text("of another day")
    run(grade, plan(again / "class", again / "out"))
    assert pages(again / "out") == before


def test_no_result_is_kept_without_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full when the second one comes: the first is done, the second is judged by the next run."""
    source, real = tmp_path / "class", Path.write_bytes
    for name in ("ada", "bob"):
        (source / name).mkdir(parents=True)

    def write_bytes(path: Path, data: bytes) -> int:
        if path.name.startswith(".bob.html"):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(CannotWrite):
        run(grade, plan(source, tmp_path / "out"))
    assert [one.submission for one in Reports(tmp_path / "out")] == ["ada"]
    monkeypatch.undo()
    _, log = run(grade, plan(source, tmp_path / "out"))
    assert (log.before, log.done) == ([1], ["bob"])


def test_what_a_killed_run_left_unfinished_is_swept_away(again: Path) -> None:
    before = sorted((again / "out").rglob("*"))
    for folder in (".", "reports", "originals"):
        (again / "out" / folder / ".ada.json.unfinished").write_text("{")
    run(grade, plan(again / "class", again / "out"))
    assert sorted((again / "out").rglob("*")) == before


def test_a_score_outlives_a_failure_of_ours(again: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The failure is told, the page stays the score's, and the next run tries again."""
    before = pages(again / "out")
    (again / "class" / "ada" / "server.py").write_bytes(CAPITALS)
    real = Local.run
    fails = lambda self, jobs: (broken(each, "we failed") for each in jobs)  # noqa: E731
    monkeypatch.setattr(Local, "run", fails)
    reports, log = run(grade, plan(again / "class", again / "out"))
    assert (log.done, reports.broken) == (["ada"], 1)
    assert [(one.score, one.notes[-1:] == (AGAIN,)) for one in reports] == [
        (100, True),
        (10, False),
        (0, False),
    ]
    assert pages(again / "out") == before
    monkeypatch.setattr(Local, "run", real)
    (again / "class" / "ada" / "server.py").write_bytes(RIGHT)
    reports, log = run(grade, plan(again / "class", again / "out"))
    assert (log.done, reports.broken) == ([], 0), "who goes back to what has the score is in no trouble"
    (again / "class" / "ada" / "server.py").write_bytes(CAPITALS)
    reports, log = run(grade, plan(again / "class", again / "out"))
    assert (log.done, reports.broken) == (["ada"], 0)
    assert [one.score for one in reports] == [10, 10, 0]


def test_what_students_may_see_by_now() -> None:
    """The pages open when a deadline has passed; the JSON, which is for instructors, always holds everything."""
    result = replace(
        not_gradable(job("ada")).results[0],
        outcome=Outcome.FAIL,
        visibility=Visibility.AFTER_DEADLINE,
        card=Card(checked="it", sent=(), expected="the same byte", got="nothing at all"),
    )
    one = replace(not_gradable(job("ada")), results=(result,))
    for shown, seen in (
        (frozenset(), False),
        ({Visibility.HIDDEN}, False),
        ({Visibility.AFTER_DEADLINE}, True),
    ):
        drawn = batch.pages(one, frozenset(shown))
        assert (b"nothing at all" in drawn["ada.txt"]) is seen
        assert (b"nothing at all" in drawn["ada.html"]) is seen
        assert b"nothing at all" in drawn["ada.json"]


def test_a_deadline_that_passes_draws_the_pages_anew(again: Path) -> None:
    drawn: list[str] = []
    shown = frozenset({Visibility.AFTER_DEADLINE})
    for _ in range(2):
        (again / "out" / "reports" / "ada.txt").write_text("of another day")
        _, log = run(grade, plan(again / "class", again / "out", shown=shown))
        assert not log.done
        drawn.append((again / "out" / "reports" / "ada.txt").read_text())
    assert drawn[0] != "of another day" and drawn[1] == "of another day", "once is enough"


def test_a_regrade_waits_for_a_decision(again: Path) -> None:
    (again / "class" / "alan" / "server.py").write_bytes((again / "class" / "ada" / "server.py").read_bytes())
    before = pages(again / "out"), list(Reports(again / "out"))
    new, log = run(regrade, plan(again / "class", again / "out"))
    assert sorted(log.done) == ["ada", "alan", "empty"], "anew means all of them"
    assert (pages(again / "out"), list(Reports(again / "out"))) == before
    [change] = changes(Reports(again / "out"), new, new.resubmitted)
    assert (change.student, change.before.score, change.after.score, change.resubmitted) == (
        "alan",
        10,
        100,
        True,
    )
    assert change.checks["short_message"] == (Outcome.FAIL, Outcome.PASS)

    _, log = run(regrade, plan(again / "class", again / "out"))
    assert (log.before, log.done) == ([3], []), "it goes on where it was"
    assert apply(again / "out", STEP, frozenset()) == 3
    assert [one.score for one in Reports(again / "out")] == [100, 100, 0]
    assert b"everything passes" in (again / "out" / "class.txt").read_bytes().partition(b"alan")[2]
    assert pages(again / "out")["alan.txt"] != before[0]["alan.txt"]
    assert not len(Reports(again / "out", Place.REGRADE))
    assert apply(again / "out", STEP, frozenset()) == 0
    _, log = run(grade, plan(again / "class", again / "out"))
    assert not log.done, "what was applied is done"


def test_a_regrade_that_is_dropped_was_never_there(again: Path) -> None:
    before = list(Reports(again / "out"))
    run(regrade, plan(again / "class", again / "out", seed=9))
    assert drop(again / "out", STEP) == 3
    assert list(Reports(again / "out")) == before
    _, log = run(grade, plan(again / "class", again / "out"))
    assert not log.done, "nor does its seed stay"


@pytest.mark.parametrize("how", [lambda out: apply(out, STEP, frozenset()), lambda out: drop(out, STEP)])
def test_nothing_can_be_decided_where_nothing_was_graded(how: object, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"Nothing in .* has been graded yet"):
        how(tmp_path)
    assert not list(tmp_path.iterdir())


def test_sigkill_anywhere_loses_nothing(tmp_path: Path) -> None:
    """Twelve kills of drivers, workers and judges. `python -m tests.kills 200` is the long form."""
    *_, kills = campaign(12, 2, tmp_path)
    assert kills.total() == 12
    assert kills["driver"]
