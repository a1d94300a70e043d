"""A class: its submissions go through an engine, and every report is on disk before the next one is looked at.

`out` gets reports/NAME.json and reports/NAME.txt per submission, and class.json and class.txt. A file is written
whole under another name and then renamed: whoever looks finds a whole report or none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from grader.engine import Local
from grader.intake import read_folder
from grader.outcome import Refusal, Report
from grader.plugin.judging import Job
from grader.report import json, text
from grader.steps import Step
from grader.world import Kind

LONGEST_NAME = 200  # bytes: with what is added to it, it must stay below the 255 that a file system takes


class CannotWrite(Refusal):
    """The results cannot be written. The message says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a class is graded."""

    step: Step
    source: Path  # a folder with one folder per student
    out: Path
    workers: int
    kind: Kind
    seed: int
    fresh: bool = False


def grade(plan: Plan, folders: list[Path], done: Callable[[Report], None]) -> list[Report]:
    """Judge the submissions in `folders` and write the results. Calls `done` with every report as it comes.

    Returns the reports by name, without their transcripts, which are on disk. Raises CannotWrite.
    """
    kept: dict[str, Report] = {}
    write(plan.out / "reports", {})
    with Local(plan.step, plan.workers) as engine:
        for report in engine.run(jobs(plan, folders)):
            name = file_name(report.submission)
            write(
                plan.out / "reports",
                {f"{name}.json": json.dumps(report), f"{name}.txt": text.report_text(report).encode()},
            )
            kept[report.submission] = light(report)
            done(report)
    reports = [kept[name] for name in sorted(kept)]
    write(plan.out, {"class.json": json.class_dumps(reports), "class.txt": text.class_text(reports).encode()})
    return reports


def jobs(plan: Plan, folders: list[Path]) -> Iterator[Job]:
    """A job per submission; it is read when its turn comes, so that a class of any size fits into memory."""
    for folder in folders:
        yield Job(
            submission=read_folder(folder, plan.step),
            step=plan.step,
            seed=plan.seed,
            kind=plan.kind,
            fresh=plan.fresh,
        )


def light(report: Report) -> Report:
    """`report` without what only its own page shows."""
    return replace(report, results=tuple(replace(result, transcript=()) for result in report.results))


def file_name(submission: str) -> str:
    """The name of a submission's files: its own, or as much of it as fits, with a fingerprint of the whole."""
    name = submission.encode()
    if len(name) <= LONGEST_NAME:
        return submission
    return f"{name[: LONGEST_NAME - 17].decode('utf-8', 'ignore')}-{sha256(name).hexdigest()[:16]}"


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Make `folder` and write `files` into it, each whole or not at all. Raises CannotWrite."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            unfinished = folder / f".{name}.unfinished"
            try:
                unfinished.write_bytes(content)
                unfinished.replace(folder / name)
            except OSError:
                unfinished.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise CannotWrite(
            f"Cannot write the results to {folder}: {(error.strerror or str(error)).lower()}."
        ) from error
