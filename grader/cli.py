"""The commands: each parses, calls one function of a room below, and prints.

Exit status: 0 all passed, 1 something failed, 2 wrong use or our own fault. What goes wrong is one sentence.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from grader.checks.selection import select
from grader.outcome import Refusal
from grader.steps import all_steps, find

if TYPE_CHECKING:
    from rich.console import Console

    from grader.outcome import Report
    from grader.world import Kind

PASSED, FAILED, WRONG = 0, 1, 2

EPILOG = """\
A first look:
  python -m grader check hw01           check homework/hw01_echo, where it lies
  python -m grader check hw01 -k byte   only the checks with "byte" in their name, and what they need
  python -m grader list hw01            the checks of a step: points, level, rule
  python -m grader grade hw01 tests/classes/hw01_sample --out results/hw01_echo

Exit status: 0 all passed, 1 something failed, 2 wrong use or the grader's own fault.
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns the exit status."""
    options = parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except KeyboardInterrupt:
        print("\nStopped. Nothing that was written is lost.", file=sys.stderr)
        return WRONG
    except Exception as error:
        if os.environ.get("GRADER_DEBUG"):
            raise
        print(f"grader: {sentence(error)}", file=sys.stderr)
        return WRONG


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="python -m grader",
        description="Checks homework, and grades a class with it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="check one submission, on this machine, as it lies there")
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
    )

    grade = commands.add_parser("grade", help="grade a class, each submission in a sandbox")
    grade.set_defaults(command=grade_command)
    grade.add_argument("step", metavar="STEP", help="hw01, or hw01_echo")
    grade.add_argument(
        "source", metavar="SUBMISSIONS_DIR", type=Path, help="a folder with one folder per student"
    )
    grade.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the results go")
    grade.add_argument(
        "--jobs",
        metavar="N",
        type=int,
        default=(os.cpu_count() or 1) + 1,
        help="submissions at a time (default: %(default)s)",
    )
    add_common(grade, "auto and box: every program in a box, or refuse; none: on this machine, unprotected")

    listing = commands.add_parser("list", help="the steps, or the checks of one step")
    listing.set_defaults(command=list_command)
    listing.add_argument("step", metavar="STEP", nargs="?", help="hw01, or hw01_echo")

    doctor = commands.add_parser(
        "doctor", help="what this machine can do, found by trying, and what is missing"
    )
    doctor.set_defaults(command=doctor_command)
    return top


def add_common(command: argparse.ArgumentParser, sandbox: str) -> None:
    """The options that `check` and `grade` share."""
    command.add_argument(
        "--seed", metavar="N", type=int, help="repeat a run with these random values (default: new ones)"
    )
    command.add_argument("--fresh", action="store_true", help="start the server anew for every check")
    command.add_argument("--sandbox", choices=("auto", "box", "none"), default="auto", help=sandbox)


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
    show(report, options, job.command())
    if any(result.outcome is Outcome.BROKEN for result in report.results):
        return WRONG
    return PASSED if report.score == report.max_score else FAILED


def show(report: "Report", options: argparse.Namespace, again: str) -> None:
    """Print the report, or write it as JSON where that is asked for."""
    from grader.report import json, terminal

    if options.json == "-":
        sys.stdout.buffer.write(json.dumps(report))
        return
    if options.json:
        try:
            Path(options.json).write_bytes(json.dumps(report))
        except OSError as error:
            raise Refusal(f"Cannot write the report to {options.json}: {error.strerror}.") from error
    terminal.show_report(report, console(), again=again)


def grade_command(options: argparse.Namespace) -> int:
    """A class, judged by worker processes."""
    from grader.batch import Plan, grade
    from grader.intake import read_class
    from grader.outcome import Outcome, Status
    from grader.report import terminal

    step = find(options.step)
    if options.jobs < 1:
        raise Refusal("--jobs must be at least 1.")
    if not options.source.is_dir():
        raise Refusal(f"There is no folder {options.source}.")
    folders, others = read_class(options.source)
    where = kind_of_class(options)
    plan = Plan(
        step=step,
        source=options.source,
        out=options.out,
        workers=min(options.jobs, len(folders)),
        kind=where,
        seed=seed(options),
        fresh=options.fresh,
    )
    screen = console()
    terminal.show_class_header(step, len(folders), others, where, screen)
    with terminal.Progress(len(folders), screen) as progress:
        reports = grade(plan, folders, progress.done)
    terminal.show_class(reports, plan.out, screen)
    if any(report.status is Status.BROKEN for report in reports):
        return WRONG
    passed = all(result.outcome is Outcome.PASS for report in reports for result in report.results)
    return PASSED if passed else FAILED


def list_command(options: argparse.Namespace) -> int:
    """The steps, or a step's checks."""
    from grader.checks import table
    from grader.report import terminal

    if options.step is None:
        terminal.show_steps(all_steps(), console())
    else:
        step = find(options.step)
        terminal.show_checks(step, table(step), console())
    return PASSED


def doctor_command(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes its options
    """What holds on this machine."""
    from grader.report import terminal
    from grader.world import promises

    found = promises()
    terminal.show_promises(found, console())
    return PASSED if all(promise.holds for promise in found) else FAILED


def kind(options: argparse.Namespace) -> "Kind":
    """Where a single submission runs. Raises Refusal where it should be the box and that cannot be had."""
    from grader.world import best_kind

    if options.sandbox == "box":
        return box("checked")
    return "plain" if options.sandbox == "none" else best_kind()


def kind_of_class(options: argparse.Namespace) -> "Kind":
    """Where a class runs. Raises Refusal where it should be the box and that cannot be had."""
    from grader.world import best_kind

    if sys.platform != "linux":
        raise Refusal("`grade` needs Linux, so nothing was graded. `check` works everywhere.")
    return best_kind() if options.sandbox == "none" else box("graded")


def box(done: str) -> "Kind":
    """The box. Raises Refusal where it cannot be had, so that nothing was `done`."""
    from grader.world import promises

    missing = [promise for promise in promises() if not promise.holds]
    if missing:
        raise Refusal(
            f"No sandbox here, so nothing was {done}: {missing[0].detail}. {missing[0].remedy} "
            f"(`python -m grader doctor` shows everything; --sandbox none goes without protection.)"
        )
    return "box"


def seed(options: argparse.Namespace) -> int:
    """The seed that was asked for, or a new one that is short enough to be typed."""
    return SystemRandom().randrange(1, 10_000) if options.seed is None else int(options.seed)


def console() -> "Console":
    """Standard output, in colour where that is a terminal and NO_COLOR does not say otherwise."""
    from grader.report import terminal

    return terminal.make_console()


def sentence(error: Exception) -> str:
    """What a person needs to know of an error."""
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("grader"):
        return f"{error.name} is missing: `make check-hw01` installs it, as does pip install -r requirements.lock."
    return (
        f"the grader itself failed ({type(error).__name__}: {error}). Your work is not to blame. "
        "Set GRADER_DEBUG=1 to see where, and report it."
    )
