"""What several commands share: exit statuses, options, where programs run, and the console."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, TypeAlias

from grader.outcome import Refusal
from grader.steps import Step

if TYPE_CHECKING:
    from rich.console import Console

    from grader.gradebook.course import Course
    from grader.outcome import Visibility
    from grader.world import Kind

PASSED, FAILED, WRONG = 0, 1, 2
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_command(commands: Commands, name: str, purpose: str) -> argparse.ArgumentParser:
    """A command called `name`. Its `purpose` is what the list of commands says, and its own help."""
    return commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")


def add_common(command: argparse.ArgumentParser, sandbox: str, seeds: str) -> None:
    """The options that `check` and `grade` share, and what they are in this one."""
    command.add_argument(
        "--seed",
        metavar="N",
        type=int,
        help=f"repeat a run with these random values (default: {seeds})",
    )
    command.add_argument("--fresh", action="store_true", help="start the server anew for every check")
    command.add_argument("--sandbox", choices=("auto", "box", "none"), default="auto", help=sandbox)


def add_course(command: argparse.ArgumentParser) -> None:
    """The option that names the course's file."""
    command.add_argument(
        "--course",
        metavar="FILE",
        type=Path,
        help="deadlines, lateness, weights (default: course.toml in DIR, beside it, or here)",
    )


def course(asked: Path | None, out: Path) -> "Course":
    """What the course's file says; that of a course without one says nothing."""
    from grader.gradebook.course import Course, find_course, read_course

    file = find_course(asked, out)
    return read_course(file) if file else Course()


def visible_by_now(options: argparse.Namespace, step: Step) -> "frozenset[Visibility]":
    """What students may see of the step at this moment, besides what is visible from the beginning."""
    return course(options.course, options.out).visible(step.slug, datetime.now(UTC))


def kind(options: argparse.Namespace) -> "Kind":
    """Where a single submission runs. Raises Refusal where it should be the box and that cannot be had."""
    from grader.world import best_kind

    if options.sandbox == "box":
        return box("checked")
    return "plain" if options.sandbox == "none" else best_kind()


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


def write_json(data: bytes, where: str, what: str) -> None:
    """Write `data` to the file `where`, or to standard output for "-". Raises Refusal, which names `what` it is."""
    from grader.report.files import write_output

    if where == "-":
        sys.stdout.buffer.write(data)
        return
    try:
        write_output(Path(where), data)
    except OSError as error:
        raise Refusal(f"Cannot write {what} to {where}: {error.strerror}.") from error
