"""`check`: one submission, judged in this process."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.checks.selection import select
from grader.cli.common import (
    FAILED,
    PASSED,
    WRONG,
    Commands,
    add_command,
    add_common,
    console,
    kind,
    seed,
    write_json,
)
from grader.outcome import Refusal
from grader.steps import find

if TYPE_CHECKING:
    from grader.outcome import Report


def add(commands: Commands) -> None:
    """The command and its options."""
    check = add_command(commands, "check", "check one submission, on this machine, as it lies there")
    check.set_defaults(command=check_command)
    check.add_argument("step", metavar="STEP", help="hw01, or hw01_echo")
    check.add_argument(
        "folder", metavar="DIR", nargs="?", type=Path, help="default: the step's homework folder"
    )
    check.add_argument(
        "-k", dest="only", metavar="EXPR", help='only these checks: "byte", "late or restart", "not large"'
    )
    check.add_argument(
        "--json", metavar="FILE", help="write the report as JSON to FILE, or to standard output for -"
    )
    add_common(
        check,
        "auto: a private network where there is one; box: as grade does it; none: as plainly as it goes",
        "new ones",
    )


def check_command(options: argparse.Namespace) -> int:
    """One submission, judged in this process."""
    from grader.checks import table
    from grader.intake import read_folder
    from grader.judge import judge
    from grader.outcome import Outcome
    from grader.plugin.judging import Job

    step = find(options.step)
    folder: Path = options.folder or step.folder
    if not folder.is_dir():
        raise Refusal(f"There is no folder {folder}.")
    submission = read_folder(folder, step)
    if submission.reason:
        raise Refusal(f"Cannot check {folder}: {submission.reason}.")
    only = select(options.only, [check.id for check in table(step)]) if options.only else ()
    job = Job(
        submission=submission,
        step=step,
        seed=seed(options),
        kind=kind(options),
        fresh=options.fresh,
        only=only,
        where=str(options.folder or ""),
    )
    report = judge(job)
    report = replace(report, notes=(*submission.notes, *report.notes))
    show(report, options, job.command())
    if any(result.outcome is Outcome.BROKEN for result in report.results):
        return WRONG
    return PASSED if report.score == report.max_score else FAILED


def show(report: "Report", options: argparse.Namespace, again: str) -> None:
    """Print the report, or write it as JSON where that is asked for."""
    from grader.report import json, terminal

    if options.json:
        write_json(json.dumps(report), options.json, "the report")
    if options.json != "-":
        terminal.show_report(report, console(), again=again)
