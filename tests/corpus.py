"""The corpus: submissions that say in their first line what must become of them.

    # EXPECT: all pass
    # EXPECT: fail one_byte
    # EXPECT: not gradable 0
    # EXPECT: graded 87

Python, with the header in the program that is handed in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.intake import read_folder
from grader.outcome import Outcome, Report
from grader.plugin.judging import Job
from grader.steps import ROOT, Step, all_steps, find
from grader.world import Kind

SUBMISSIONS = ROOT / "tests" / "submissions"
HEADER = re.compile(r"# EXPECT: (?:(all pass)|fail ((?:\w+ ?)+)|(graded|not gradable) (\d+))$")


@dataclass(frozen=True, slots=True)
class Specimen:
    """One submission of the corpus, and what its header expects of it."""

    folder: Path
    step: Step
    fails: frozenset[str]
    status: str
    score: int | None

    @property
    def id(self) -> str:
        return self.folder.relative_to(SUBMISSIONS).as_posix()

    def job(self, kind: Kind = "box", *, fresh: bool = False, seed: int = 1) -> Job:
        """The job to judge it, under its id: the names of submissions repeat between folders."""
        submission = replace(read_folder(self.folder, self.step), name=self.id)
        return Job(submission=submission, step=self.step, seed=seed, kind=kind, fresh=fresh)

    def differences(self, report: Report) -> str:
        """How `report` differs from what the header expects: nothing, if all is well."""
        failed = {result.id for result in report.results if result.outcome is Outcome.FAIL}
        broken = [result for result in report.results if result.outcome is Outcome.BROKEN]
        if broken:
            return f"BROKEN at {broken[0].id}: {broken[0].trouble}"
        if self.score is not None:
            wrong = (str(report.status), report.score) != (self.status, self.score)
            return f"is {report.status} {report.score}, failed {sorted(failed)}" if wrong else ""
        if failed != self.fails:
            return f"failed {sorted(failed)} instead of {sorted(self.fails)}: {cards(report)}"
        return ""


def cards(report: Report) -> list[str]:
    return [f"{result.id}: {result.card.got}" for result in report.results if result.card]


def header(program: Path) -> re.Match[str] | None:
    """The header of a specimen, or None if it has none in legal form."""
    with program.open("rb") as file:
        return HEADER.match(file.readline().decode("latin-1").strip())


def specimen(program: Path, step: Step) -> Specimen:
    found = header(program)
    if found is None:
        raise ValueError(f"{program}: the first line must be an EXPECT header")
    _, fails, status, score = found.groups()
    return Specimen(
        program.parent,
        step,
        frozenset((fails or "").split()),
        status or "graded",
        int(score) if score else None,
    )


def faulty_and_tolerant() -> Iterator[Specimen]:
    for step in all_steps():
        for kind in ("faulty", "tolerant"):
            for program in sorted((SUBMISSIONS / kind / step.slug).glob(f"*/{step.files[0]}")):
                yield specimen(program, step)


def hostile() -> Iterator[Specimen]:
    """Attacks are made on the first step's grading; they attack the grader, not the step."""
    step = find("hw01_echo")
    for program in sorted((SUBMISSIONS / "hostile").glob(f"*/*/{step.files[0]}")):
        yield specimen(program, step)
