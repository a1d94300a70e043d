"""`hint`, `list` and `doctor`: they show something, and judge nothing."""

import argparse
import os

from grader.cli.common import FAILED, PASSED, Commands, add_command, console
from grader.steps import all_steps, find


def add(commands: Commands) -> None:
    """The commands and their options."""
    hint = add_command(commands, "hint", "a hint for one check, the mildest first")
    hint.set_defaults(command=hint_command)
    hint.add_argument("step", metavar="STEP", help="hw01, or hw01_echo")
    hint.add_argument("check", metavar="CHECK", nargs="?", help="one_byte; default: list them")
    hint.add_argument("number", metavar="N", nargs="?", type=int, default=1, help="1 (default), 2 or 3")

    listing = add_command(commands, "list", "the steps, or the checks of one step")
    listing.set_defaults(command=list_command)
    listing.add_argument("step", metavar="STEP", nargs="?", help="hw01, or hw01_echo")

    doctor = add_command(commands, "doctor", "what this machine can do, found by trying, and what is missing")
    doctor.set_defaults(command=doctor_command)


def hint_command(options: argparse.Namespace) -> int:
    """One hint for one check, or the checks that there are hints for."""
    from grader.checks import table
    from grader.checks.hints import find_hint, read_hints
    from grader.report import terminal

    step = find(options.step)
    by_make = (
        "MAKELEVEL" in os.environ
    )  # make says so to all that it runs: then the next command is make's too
    if options.check is None:
        hints = read_hints(step)
        checks = [check for check in table(step) if check.id in hints]
        terminal.show_hints(step, checks, console(), by_make=by_make)
    else:
        hint = find_hint(step, options.check, options.number)
        terminal.show_hint(hint, console(), by_make=by_make)
    return PASSED


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
