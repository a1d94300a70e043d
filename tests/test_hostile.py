"""Attacks: each gets what its header says, nobody beside it suffers, and nothing of it is left on the machine."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from grader.engine import Local
from grader.intake import read_folder
from grader.outcome import Report, Status
from grader.plugin.judging import Job
from grader.steps import ROOT, Step
from tests.corpus import SUBMISSIONS, Specimen, hostile
from tests.grading import hand_in, reports_in
from tests.traces import contents, nothing_left

FOLDER = SUBMISSIONS / "hostile"
ATTACKS = list(hostile())
STEPS = sorted({specimen.step for specimen in ATTACKS}, key=lambda step: step.slug)
GRADE = [sys.executable, "-m", "grader", "grade", "hw01"]
WORKERS = 5  # most attacks sleep, and are waited for
# How many there are of each class: nobody is lost or passed over. A new attack changes its number.
TOTALS = {
    "bridge": 15,
    "network": 8,
    "output": 7,
    "processes": 7,
    "resources": 7,
    "secrets": 3,
    "verdict": 7,
}


def honest(step: Step, when: str) -> Job:
    submission = read_folder(ROOT / "solutions" / step.slug, step)
    return Job(submission=replace(submission, name=f"honest {when}"), step=step, seed=1, kind="box")


def class_of(specimen: Specimen) -> str:
    return specimen.id.split("/")[1]


def everyone(step: Step) -> Iterator[Job]:
    """An honest submission, a class of attacks, an honest one …: each is judged while its neighbours attack."""
    for name, attacks in groupby((specimen for specimen in ATTACKS if specimen.step == step), class_of):
        yield honest(step, f"before {name}")
        yield from (specimen.job() for specimen in attacks)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Report]]:
    """Every attack's report and every honest one's, from one pool of workers a step; and nothing is left."""
    before = contents(FOLDER)
    found: dict[str, Report] = {}
    with nothing_left(tmp_path_factory.mktemp("tmp")):
        for step in STEPS:
            with Local(step, WORKERS) as engine:
                found |= {report.submission: report for report in engine.run(everyone(step))}
                after = (honest(step, f"after all of {step.short}, {number}") for number in range(WORKERS))
                found |= {report.submission: report for report in engine.run(after)}
    assert contents(FOLDER) == before, "the submissions themselves have changed"
    yield found


def test_nobody_is_passed_over(reports: dict[str, Report]) -> None:
    folders = Counter(
        path.parent.name for path in FOLDER.glob("*/*") if path.is_dir() and path.name != "__pycache__"
    )
    assert folders == TOTALS
    assert Counter(map(class_of, ATTACKS)) == TOTALS
    assert len(reports) == sum(TOTALS.values()) + len(TOTALS) + len(STEPS) * WORKERS
    assert not [name for name, report in reports.items() if report.status is Status.BROKEN]


@pytest.mark.parametrize("specimen", ATTACKS, ids=lambda specimen: specimen.id)
def test_as_its_header_says(specimen: Specimen, reports: dict[str, Report]) -> None:
    assert specimen.score is not None, "an attack names its status and its score"
    assert not specimen.differences(reports[specimen.id])


def test_an_honest_neighbour_gets_everything(reports: dict[str, Report]) -> None:
    scores = {name: report.score for name, report in reports.items() if name.startswith("honest")}
    assert scores == dict.fromkeys(scores, 100)
    assert len(scores) == len(TOTALS) + len(STEPS) * WORKERS


def test_what_they_print_steers_nothing(reports: dict[str, Report]) -> None:
    """Not the reports' own rendering (tests/report), but that nothing raw gets into a report at all."""
    words = [
        text
        for report in reports.values()
        for result in report.results
        if result.card
        for text in (
            result.card.printed,
            result.card.got,
            result.card.diagnosis,
            *result.card.where,
            report.reason,
        )
    ]
    assert any("\\x1b" in text for text in words), "the attack does not print what it should"
    assert not [text for text in words if not text.replace("\n", "").replace("\t", "").isprintable()]


NAMES = (
    "\x1b[2J\x1b[31mred",
    "\N{RIGHT-TO-LEFT OVERRIDE}live",
    "ada  graded  100",
    "bob\ncarol: graded 100",
    "<script>alert(1)<script>",
    "=cmd|' ' !A1",
    "$(touch hacked)",
    "-rf *",
    os.fsdecode(b"\xff\x9b31m"),
    "%s%n{0}[red]",
)


def test_names_steer_nothing(tmp_path: Path) -> None:
    for name in NAMES:
        hand_in(tmp_path / "class" / name, b"raise SystemExit(0)\n")
    (tmp_path / "tmp").mkdir()
    with nothing_left(tmp_path / "tmp"):
        done = subprocess.run(
            [*GRADE, str(tmp_path / "class"), "--out", str(tmp_path / "out")],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.replace("\n", "").isprintable()
    assert f"{len(NAMES)} submissions" in done.stdout
    assert not [line for line in done.stdout.splitlines() if line.startswith("carol")]
    assert sum("[red]" in line for line in done.stdout.splitlines()) == 2, (
        "once as it comes, once in the table"
    )
    assert len(reports_in(tmp_path / "out")) == len(NAMES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "out", "tmp"]
