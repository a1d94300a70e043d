"""The pool of workers: nobody's verdict suffers from a process that dies, and no process outlives the driver."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from unittest.mock import Mock

import pytest

from grader.engine import Local, worker
from grader.judge import JudgeFailed, not_gradable
from grader.outcome import Outcome, Report, Status
from grader.plugin.judging import Job
from grader.steps import ROOT
from grader.world import tasks
from tests.grading import CAPITALS, SPINS, STEP, hand_in, job, judged
from tests.processes import no_process_left, serving, wait_for, wait_until_ended

BOX = "/usr/bin/bwrap "  # how the command lines begin: of a box that is being set up, and of a program that runs
STUDENT = "/usr/bin/python3"
QUICK = ("listens",)  # one check: enough to see who was judged


@pytest.fixture(autouse=True)
def no_process() -> Iterator[None]:
    with no_process_left():
        yield


def process_of(engine: Local, name: str, role: str) -> int:
    """The pid of the worker that judges submission `name`, or of its warden."""
    [warden] = [worker.pid for worker in engine._workers if worker.job and worker.job.submission.name == name]
    return warden if role == "warden" else wait_for(lambda: tasks.children(warden), "a worker")[0]


def kill_in_mid_job(engine: Local, name: str, role: str = "worker", moment: str = STUDENT) -> int:
    """Kills that process when something whose command line begins with `moment` runs below it. Returns its pid."""
    pid = process_of(engine, name, role)
    wait_for(lambda: serving(pid, moment), moment)
    os.kill(pid, signal.SIGKILL)
    return pid


@pytest.mark.parametrize(("role", "moment"), [("worker", BOX), ("worker", STUDENT), ("warden", STUDENT)])
def test_a_worker_that_is_killed_costs_nothing(role: str, moment: str) -> None:
    killed = []

    def jobs() -> Iterator[Job]:
        """The engine asks for the second job when it has given the first to a worker."""
        yield job("ada")
        killed.append(kill_in_mid_job(engine, "ada", role, moment))
        yield job("bob", CAPITALS)

    with Local(STEP, 2) as engine:
        reports = {report.submission: report for report in engine.run(jobs())}
    assert killed
    assert {name: (report.status, report.score) for name, report in reports.items()} == {
        "ada": (Status.GRADED, 100),
        "bob": (Status.GRADED, 10),
    }


def test_a_worker_that_is_killed_twice_breaks_its_own_job_alone() -> None:
    def jobs() -> Iterator[Job]:
        """Other jobs follow until the first one has been given to a second worker."""
        yield job("ada", SPINS)
        first = process_of(engine, "ada", "warden")
        kill_in_mid_job(engine, "ada")
        yield job("bob", CAPITALS)
        for number in count():
            yield job(f"eve{number}", only=QUICK)
            if process_of(engine, "ada", "warden") != first:
                break
        kill_in_mid_job(engine, "ada")

    with Local(STEP, 2) as engine:
        reports = {report.submission: report for report in engine.run(jobs())}
    assert (reports["ada"].status, reports["ada"].score) == (Status.BROKEN, 0)
    assert (reports["bob"].status, reports["bob"].score) == (Status.GRADED, 10)
    assert {report.score for name, report in reports.items() if name.startswith("eve")} == {6}
    assert reports["ada"].results[0].trouble == "the worker process ended in the middle of the job"


def test_a_worker_that_dies_idle_is_replaced() -> None:
    with Local(STEP, 1) as engine:
        assert [report.score for report in engine.run([job("ada", only=QUICK)])] == [6]
        [one] = engine._workers
        [pid] = tasks.children(one.pid)
        os.kill(pid, signal.SIGKILL)
        wait_until_ended([pid])
        assert [report.score for report in engine.run([job("bob", only=QUICK)])] == [6]


def dies(_: Job) -> Report:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def leaves(_: Job) -> Report:
    os._exit(0)


def fails(_: Job) -> Report:
    raise ZeroDivisionError("of ours")


def hangs(_: Job) -> Report:
    signal.pause()
    raise AssertionError


ENDS: dict[Callable[[Job], Report], str] = {
    dies: "the judge ended without a report (wait status 9)",
    leaves: "the judge ended without a report (wait status 0)",
    hangs: "the judge ended without a report (wait status 9)",
    fails: "ZeroDivisionError: of ours",
}


def instead(
    judge: Callable[[Job], Report], times: int, marks: Path
) -> Callable[[object, Callable[..., None]], None]:
    """A courtroom whose function is `judge` for the first `times` tries at the submission "ada"."""

    def run(given: Job) -> Report:
        with (marks / given.submission.name).open("ab") as file:
            file.write(b"x")
        tried = (marks / given.submission.name).stat().st_size
        return judge(given) if given.submission.name == "ada" and tried <= times else not_gradable(given)

    return lambda step, body: body(run)


@pytest.mark.parametrize("judge", ENDS, ids=lambda judge: judge.__name__)
def test_a_judge_that_dies_gets_a_second_try(
    judge: Callable[[Job], Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "courtroom", instead(judge, 1, tmp_path))
    monkeypatch.setattr(worker, "JUDGE_SECONDS", 0.2 if judge is hangs else 60.0)
    reports = judged([job("ada"), job("bob")], workers=1)
    assert {name: report.status for name, report in reports.items()} == dict.fromkeys(
        ("ada", "bob"), Status.NOT_GRADABLE
    )
    assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == {"ada": 2, "bob": 1}


@pytest.mark.parametrize("judge", ENDS, ids=lambda judge: judge.__name__)
def test_a_judge_that_dies_twice_is_our_fault(
    judge: Callable[[Job], Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "courtroom", instead(judge, 2, tmp_path))
    monkeypatch.setattr(worker, "JUDGE_SECONDS", 0.2 if judge is hangs else 60.0)
    reports = judged([job("ada"), job("bob")], workers=1)
    assert (reports["ada"].status, reports["ada"].score) == (Status.BROKEN, 0)
    assert ENDS[judge] in reports["ada"].results[0].trouble
    assert {result.outcome for result in reports["ada"].results} == {Outcome.BROKEN}
    assert reports["bob"].status is Status.NOT_GRADABLE
    assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == {"ada": 2, "bob": 1}


def test_a_court_that_cannot_sit_says_so_of_every_job(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    cannot = Mock(side_effect=JudgeFailed("pytest could not collect the checks"))
    monkeypatch.setattr(worker, "courtroom", cannot)
    reports = judged([job("ada"), job("bob")], workers=2)
    assert {report.status for report in reports.values()} == {Status.BROKEN}
    assert "could not collect" in reports["bob"].results[0].trouble
    assert capfd.readouterr() == ("", ""), "nobody but the report says it"


@pytest.fixture
def busy_class(tmp_path: Path) -> Path:
    """A class that keeps its workers busy for seconds, and leaves daemons behind."""
    for number in range(6):
        hand_in(tmp_path / "class" / f"spins{number}", SPINS)
    daemon = (
        b"import os, signal\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: signal.pause()\n"
    )
    hand_in(tmp_path / "class" / "daemon", daemon + SPINS)
    return tmp_path / "class"


def driver(source: Path, *more: str) -> "subprocess.Popen[str]":
    """`python -m grader grade`, in a session of its own."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "grader",
            "grade",
            "hw01",
            str(source),
            "--out",
            str(source.parent / "out"),
            *more,
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize(("sandbox", "moment"), [("box", BOX), ("box", STUDENT), ("none", STUDENT)])
def test_no_process_outlives_a_driver_that_is_killed(sandbox: str, moment: str, busy_class: Path) -> None:
    """It is killed when its first box, or its first program, is there; no_process_left does the rest."""
    with driver(busy_class, "--jobs", "3", "--sandbox", sandbox) as grading:
        wait_for(lambda: serving(grading.pid, moment), moment)
        grading.kill()
        assert grading.wait() == -signal.SIGKILL


def test_ctrl_c_ends_all_with_one_line(busy_class: Path) -> None:
    with driver(busy_class, "--jobs", "3") as grading:
        wait_for(lambda: serving(grading.pid, STUDENT), "a program in a box")
        grading.send_signal(signal.SIGINT)
        shown, said = grading.communicate()
    assert grading.returncode == 2
    assert said.split("\n") == ["", "Stopped. Nothing that was written is lost.", ""]
    assert "Traceback" not in shown and "stopped after 0 of 7 submissions" in shown


def test_ctrl_c_ends_a_check_with_one_line(tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "spins", SPINS)
    command = [sys.executable, "-m", "grader", "check", "hw01", str(folder)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as checking:
        wait_for(lambda: serving(checking.pid, STUDENT), "the program")
        checking.send_signal(signal.SIGINT)
        shown, said = checking.communicate()
    assert checking.returncode == 2
    assert said.split("\n") == ["", "Stopped. Nothing that was written is lost.", ""]
    assert not shown


def test_a_worker_that_fails_with_a_job_in_its_hand_loses_no_job(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(worker, "judge_in_child", Mock(side_effect=RuntimeError))
    reports = judged([job("ada"), job("bob")], 1)
    assert {name: report.status for name, report in reports.items()} == dict.fromkeys(
        ("ada", "bob"), Status.BROKEN
    )
    assert capfd.readouterr() == ("", ""), "nobody but the report says it"
