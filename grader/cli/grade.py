"""`grade`: a class, judged by worker processes."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.common import (
    FAILED,
    PASSED,
    WRONG,
    Commands,
    add_command,
    add_common,
    add_course,
    console,
    visible_by_now,
)
from grader.cli.engines import add_engine, engine_of, kind_of_class
from grader.outcome import Refusal
from grader.steps import Step, find

SEEDS = "those of the results in DIR, or new ones"

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.batch import Plan, Watcher
    from grader.gradebook import Reports
    from grader.intake import Class, Handed
    from grader.report.intake import Export, Line

    Run = Callable[[Plan, Sequence[Handed], Watcher], Reports]


def add(commands: Commands) -> None:
    """The command and its options."""
    grade = add_command(commands, "grade", "grade a class, each submission in a sandbox")
    grade.set_defaults(command=grade_command)
    grade.add_argument("step", metavar="STEP", help="hw01, or hw01_echo")
    add_source(grade)
    grade.add_argument("--out", metavar="DIR", type=Path, help="where the results go; a dry run needs none")
    grade.add_argument(
        "--dry-run",
        action="store_true",
        help="only show who handed in what, and what is wrong with it: judge nothing, write nothing",
    )
    add_course(grade)
    add_engine(grade)
    add_common(
        grade, "auto and box: every program in a box, or refuse; none: on this machine, unprotected", SEEDS
    )


def add_source(command: argparse.ArgumentParser, *, optional: bool = False) -> None:
    """The options that say where a class is."""
    command.add_argument(
        "source",
        nargs="?" if optional else None,
        metavar="EXPORT",
        type=Path,
        help="what Canvas, Moodle, Gradescope or GitHub Classroom gave you, as it is; or a folder, zip or tar "
        "with one folder or one file per student",
    )
    command.add_argument(
        "--roster", metavar="FILE.csv", type=Path, help="a table with the ids and the names of the students"
    )


def grade_command(options: argparse.Namespace) -> int:
    """A class, judged by worker processes; or, in a dry run, only looked at."""
    from grader.intake import open_class

    step = find(options.step)
    if not options.out and not options.dry_run:
        raise Refusal("Where are the results to go? Name a folder with --out, or say --dry-run.")
    with open_class(options.source, step, options.roster) as found:
        return look(step, found) if options.dry_run else judge(step, found, options)


def judge(step: Step, found: "Class", options: argparse.Namespace) -> int:
    """Every submission of the class."""
    from grader.batch import grade
    from grader.outcome import Outcome
    from grader.report import terminal

    plan = plan_of(step, found, options)
    reports = watched(step, found, plan, grade)
    terminal.show_class(reports, plan.out, console())
    if reports.broken:
        return WRONG
    passed = all(result.outcome is Outcome.PASS for report in reports for result in report.results)
    return PASSED if passed else FAILED


def plan_of(step: Step, found: "Class", options: argparse.Namespace) -> "Plan":
    """How the class is to be judged."""
    from grader.batch import Plan

    kind = kind_of_class(options)
    if kind != "box" and not any(one.folder for one in found.handed):
        raise Refusal(
            f"Without the sandbox programs run where they lie, and these lie packed in {options.source}: "
            "unpack it first."
        )
    return Plan(
        step=step,
        source=options.source,
        out=options.out,
        engine=engine_of(options, step, len(found.handed)),
        kind=kind,
        seed=options.seed,
        fresh=options.fresh,
        shown=visible_by_now(options, step),
    )


def watched(step: Step, found: "Class", plan: "Plan", run: "Run") -> "Reports":
    """What `run` returns: it judges the class, and its progress is shown."""
    from grader.batch import Watcher
    from grader.report import terminal
    from grader.report.intake import show_opening

    screen = console()
    show_opening(step, export(found), len(found.handed), plan.kind, screen)
    with terminal.Progress(len(found.handed), screen) as progress:
        watcher = Watcher(
            before=progress.before, began=progress.began, done=progress.done, said=progress.said
        )
        return run(plan, found.handed, watcher)


def look(step: Step, found: "Class") -> int:
    """Read every submission, and show what would be judged."""
    from grader.report.intake import show_dry_run

    lines = [line(one, step) for one in found.handed]
    show_dry_run(step, export(found), lines, console())
    return FAILED if any(one.reason for one in lines) else PASSED


def line(one: "Handed", step: Step) -> "Line":
    """What there is to show of a submission. Its files are read one submission at a time, and not kept."""
    from grader.intake import read
    from grader.report.intake import Line
    from grader.report.summary import whose

    submission = read(one, step)
    again = f"attempt {one.attempt}" if one.attempt > 1 else ""
    facts = ("late" if one.late else "", one.when.replace("T", " "), again)
    names = whose(one.members, one.identity)
    members = f"members: {names}" if names not in ("", one.name) else ""
    return Line(
        who=one.label,
        late=bool(one.late),
        files=tuple(sorted(submission.files, key=lambda path: (path not in step.files, path))),
        came=", ".join(filter(None, facts)),
        reason=submission.reason,
        remarks=(*filter(None, [members]), *one.remarks, *submission.notes),
    )


def export(found: "Class") -> "Export":
    """What was found besides the submissions."""
    from grader.report.intake import Export

    remarks = [f"{one.label}: {remark}" for one in found.handed for remark in one.remarks]
    return Export(format=found.format, others=found.others, absent=found.absent, remarks=remarks)
