"""Submissions that tests make, and their grading by a pool of workers."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from grader.engine import Local
from grader.intake import read_folder
from grader.outcome import Outcome, Report, Submission
from grader.plugin.judging import Job
from grader.report import json
from grader.steps import ROOT, find
from grader.world import Kind

STEP = find("hw01_echo")
SOLUTION = ROOT / "solutions" / STEP.slug
RIGHT = (SOLUTION / "server.py").read_bytes()

SERVER = b"""\
import socket, sys
listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    connection, _ = listener.accept()
    %s
"""
WAITS = SERVER % b"__import__('threading').Event().wait()"
CRASHES = SERVER % b"1 / 0"
SPINS = SERVER % b"while True: pass"
CAPITALS = SERVER % b"connection.sendall(connection.recv(65536).upper())"


def job(name: str, program: bytes = RIGHT, *, kind: Kind = "box", only: tuple[str, ...] = ()) -> Job:
    """The job to judge one program."""
    return Job(
        submission=Submission(name=name, files={"server.py": program}),
        step=STEP,
        seed=1,
        kind=kind,
        only=only,
    )


def hand_in(folder: Path, program: bytes = RIGHT) -> Path:
    """Makes a submission in `folder`."""
    folder.mkdir(parents=True)
    (folder / "server.py").write_bytes(program)
    return folder


def folder_job(folder: Path, name: str, kind: Kind = "box") -> Job:
    """The job to judge the submission in `folder`, under another name: those of a corpus repeat."""
    submission = replace(read_folder(folder, STEP), name=name)
    return Job(submission=submission, step=STEP, seed=1, kind=kind)


def judged(jobs: Iterable[Job], workers: int) -> dict[str, Report]:
    """Each submission's report, by its name."""
    with Local(STEP, workers) as engine:
        return {report.submission: report for report in engine.run(jobs)}


def verdict_of(report: Report) -> tuple[str, int, dict[str, Outcome]]:
    """What two reports must agree on, whatever the circumstances."""
    return str(report.status), report.score, {result.id: result.outcome for result in report.results}


def reports_in(folder: Path) -> dict[str, Report]:
    """The reports that `grade` wrote to its `out`, by the submissions' names."""
    read = [json.loads(path.read_bytes()) for path in sorted((folder / "reports").glob("*.json"))]
    return {report.submission: report for report in read}
