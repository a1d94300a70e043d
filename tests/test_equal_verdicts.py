"""A verdict depends on the submission alone: not on load, on the number of workers, on the site, on the user."""

import os
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.outcome import Report, Result
from grader.report import json
from grader.steps import ROOT
from grader.wire.transcript import Action
from grader.world import Kind
from grader.world.interpreter import reachable
from tests.corpus import SUBMISSIONS
from tests.grading import SOLUTION, folder_job, judged, reports_in, verdict_of
from tests.processes import busy_loops

# Quick ones, of every kind of fault: in what comes back, in when, in what the server does next.
SPECIMENS = (
    *(
        "answers_at_the_end",
        "blank_line_ends_it",
        "closes_the_listener",
        "cuts_at_nul",
        "decodes",
        "every_address",
    ),
    *("fixed_port", "half_a_mebibyte", "line_by_line", "serves_on_import", "strips", "waits_for_two_bytes"),
)
TOLERANT = ("thread_per_client",)
FOLDERS = {
    "solution": SOLUTION,
    **{name: SUBMISSIONS / "faulty" / "hw01_echo" / name for name in SPECIMENS},
    **{name: SUBMISSIONS / "tolerant" / "hw01_echo" / name for name in TOLERANT},
}
RACES = {  # whose cards differ from run to run, though not their verdicts
    "closes_the_listener": "the next client is refused, or reset if it was quick",
    "half_a_mebibyte": "a reset overtakes some of the bytes before it",
    "strips": "it prints its client's port",
}
ORDINARY = 61001  # an id that no account has
Verdicts = dict[str, object]


def reports(workers: int, kind: Kind = "box") -> dict[str, Report]:
    return judged((folder_job(folder, name, kind) for name, folder in FOLDERS.items()), workers)


def verdicts(found: dict[str, Report]) -> Verdicts:
    return {name: verdict_of(report) for name, report in found.items()}


@pytest.fixture(scope="module")
def alone() -> dict[str, Report]:
    """One after the other, in the box."""
    return reports(1)


def test_they_are_told_apart(alone: dict[str, Report]) -> None:
    """What the others are compared with is worth comparing: each specimen has a verdict of its own kind."""
    assert alone["solution"].score == alone["thread_per_client"].score == 100
    assert all(alone[name].score < 100 for name in SPECIMENS)
    assert len({str(verdict) for verdict in verdicts(alone).values()}) >= len(SPECIMENS) - 2


def test_eight_workers(alone: dict[str, Report]) -> None:
    assert verdicts(reports(8)) == verdicts(alone)


def test_four_busy_loops(alone: dict[str, Report]) -> None:
    with busy_loops(4):
        assert verdicts(reports(2)) == verdicts(alone)


def test_without_the_box(alone: dict[str, Report]) -> None:
    assert verdicts(reports(2, "world")) == verdicts(alone)


def without_luck(result: Result) -> Result:
    """A result without its transcript: what the client sees of a closing server, and when, is no verdict."""
    card = result.card and replace(result.card, sent=())
    return replace(result, transcript=(), card=card)


def test_one_seed_gives_one_report(alone: dict[str, Report]) -> None:
    """Byte for byte, but for the wall time and the transcripts: and these agree on every byte that was sent whole."""
    again = reports(3)
    for name in sorted(set(FOLDERS) - set(RACES)):
        one, other = (
            json.dumps(replace(report, seconds=0.0, results=tuple(map(without_luck, report.results))))
            for report in (alone[name], again[name])
        )
        assert one.decode().splitlines() == other.decode().splitlines()
        assert [sent(result) for result in alone[name].results] == [
            sent(result) for result in again[name].results
        ]


def sent(result: Result) -> list[str]:
    """What the client of a check sent, in order: where there was one, which sent all that it wanted to.

    A transcript of many clients leaves out some in the middle; how much fits into a full network is the kernel's.
    """
    events = result.transcript
    if any(event.connection > 1 or event.note == "reading nothing" for event in events):
        return []
    return [event.excerpt.text for event in events if event.action == Action.SENDS and event.excerpt]


def test_another_seed_gives_other_bytes(alone: dict[str, Report]) -> None:
    job = replace(folder_job(SOLUTION, "solution"), seed=2, only=("large_message",))
    other = judged([job], 1)["solution"]
    [mine] = [result for result in alone["solution"].results if result.id == "large_message"]
    assert sent(other.results[-1]) and sent(other.results[-1]) != sent(mine)


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that every user can read, with the grader and what it needs."""
    folder = Path(tempfile.mkdtemp(prefix="grader-for-all-", dir="/tmp"))  # TMPDIR may be ours alone
    folder.chmod(0o755)
    big = shutil.ignore_patterns("__pycache__", "mypy*", "*mypyc*", "ruff*", "pip*", "setuptools*")
    shutil.copytree(sysconfig.get_path("purelib"), folder / "library", ignore=big)
    for name in ("grader", "homework"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name, source in FOLDERS.items():
        shutil.copytree(source, folder / "class" / name)
    yield folder
    shutil.rmtree(folder)


def test_an_ordinary_user(alone: dict[str, Report], common: Path) -> None:
    """Root grades as an ordinary user would. Who is not root is one, and nobody can become root for a test:
    then this compares the command, run from elsewhere, with the engine."""
    user = ORDINARY if os.geteuid() == 0 else None
    interpreter = reachable(user)
    (common / "results").mkdir()
    if user:
        os.chown(common / "results", user, user)
    done = subprocess.run(
        [
            str(interpreter.path),
            "-B",
            "-m",
            "grader",
            "grade",
            "hw01",
            "class",
            "--out",
            "results/now",
            "--seed",
            "1",
        ],
        cwd=common,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(common / "library")},
        user=user,
        group=user,
        extra_groups=[] if user else None,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, ""), done.stdout
    assert (common / "results" / "now" / "class.json").stat().st_uid == (user or os.geteuid())
    assert verdicts(reports_in(common / "results" / "now")) == verdicts(alone)
