"""The plugin under plain pytest, as grader/plugin says that it can be used."""

import subprocess
import sys

import pytest

from grader.outcome import Submission
from grader.plugin.judging import Job
from grader.steps import ROOT, find

FAULTY = "tests/submissions/faulty/hw01_echo/skips_repeats"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "grader.plugin", "grader/checks/hw01_echo.py"]
    return subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_right_submission_passes() -> None:
    done = run("--submission", "solutions/hw01_echo")
    assert done.returncode == 0, done.stdout
    assert "23 passed" in done.stdout


def test_a_mismatch_is_shown_instead_of_our_traceback() -> None:
    done = run("--submission", FAULTY, "--grader-seed", "3")
    assert "1 failed, 19 passed, 3 skipped" in done.stdout
    assert (
        "A message in many small segments comes back whole\nexpected: the same 161 bytes back\n"
        in done.stdout
    )
    assert "byte 82 is" in done.stdout, "the seed is not the one that was asked for"
    assert "server.py:23  while (piece := connection.recv(4096))" in done.stdout
    assert "Traceback" not in done.stdout and "grader/wire" not in done.stdout


@pytest.mark.parametrize("arguments", [(), ("--submission", "no/such/folder")])
def test_without_a_submission_it_says_so(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 4
    assert "ERROR: checks need a submission: --submission DIR" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("where", "check", "seed", "command"),
    [
        ("", "", None, "make check-hw01"),
        ("", "one_byte", None, "make check-hw01 K=one_byte"),
        ("", "many_segments", 7, "make check-hw01 K=many_segments SEED=7"),
        ("in/ada", "", None, "python -m grader check hw01 in/ada"),
        (
            "in/ada l.",
            "many_segments",
            7,
            "python -m grader check hw01 'in/ada l.' -k many_segments --seed 7",
        ),
    ],
)
def test_the_command_that_checks_again(where: str, check: str, seed: int | None, command: str) -> None:
    job = Job(submission=Submission(name="ada", files={}), step=find("hw01"), seed=1, where=where)
    assert job.command(check, seed) == command
