"""`regrade`: a class judged anew, beside the results that stand, until somebody decides between the two."""

import argparse
import shlex
from pathlib import Path

from grader.cli.common import (
    FAILED,
    PASSED,
    Commands,
    add_command,
    add_common,
    add_course,
    console,
    visible_by_now,
)
from grader.cli.engines import add_engine
from grader.cli.grade import SEEDS, add_source, plan_of, watched
from grader.outcome import Refusal
from grader.steps import Step, find


def add(commands: Commands) -> None:
    """The command and its options."""
    regrade = add_command(commands, "regrade", "judge a class anew, see what changes, then apply or drop it")
    regrade.set_defaults(command=regrade_command)
    regrade.add_argument("step", metavar="STEP", help="hw01, or hw01_echo")
    add_source(regrade, optional=True)
    regrade.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the results are")
    decision = regrade.add_mutually_exclusive_group()
    decision.add_argument("--apply", action="store_true", help="the regrade that waits in DIR is to stand")
    decision.add_argument("--drop", action="store_true", help="forget the regrade that waits in DIR")
    add_course(regrade)
    add_engine(regrade)
    add_common(regrade, "as in grade", SEEDS)


def regrade_command(options: argparse.Namespace) -> int:
    """Judge anew, or decide about what was."""
    step = find(options.step)
    if options.apply or options.drop:
        return decide(step, options)
    if options.source is None:
        raise Refusal("What is to be judged anew? Name the EXPORT, or say --apply or --drop of what was.")
    return judge_anew(step, options)


def judge_anew(step: Step, options: argparse.Namespace) -> int:
    """Judge anew, and show what would change. The status is 1 where something would."""
    from grader.batch import regrade
    from grader.gradebook import Reports
    from grader.intake import open_class
    from grader.report import terminal
    from grader.report.gradebook import changes

    with open_class(options.source, step, options.roster) as found:
        reports = watched(step, found, plan_of(step, found, options), regrade)
    different = list(changes(Reports(options.out), reports, reports.resubmitted))
    command = f"python -m grader regrade {step.short} --out {shlex.quote(str(options.out))}"
    terminal.show_changes(different, len(reports), command, console())
    return FAILED if different else PASSED


def decide(step: Step, options: argparse.Namespace) -> int:
    """Apply the regrade that waits, or drop it."""
    from grader.batch import apply, drop
    from grader.report import terminal

    shown = visible_by_now(options, step)
    number = apply(options.out, step, shown) if options.apply else drop(options.out, step)
    terminal.show_decision(number, options.out, console(), applied=options.apply)
    return PASSED
