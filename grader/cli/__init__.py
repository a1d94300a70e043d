"""The commands: each parses, calls one function of a room below, and prints.

Exit status: 0 all passed, 1 something failed, 2 wrong use or our own fault. What goes wrong is one sentence.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from grader.cli import (
    check,
    engines,
    export,
    grade,
    gradebook,
    gradescope,
    regrade,
    shown,
    similar,
    statistics,
)
from grader.cli.common import WRONG
from grader.outcome import Refusal

EPILOG = """\
A first look:
  python -m grader check hw01           check homework/hw01_echo, where it lies
  python -m grader check hw01 -k byte   only the checks with "byte" in their name, and what they need
  python -m grader hint hw01 one_byte   a hint for one check; there are three
  python -m grader list hw01            the checks of a step: points, level, rule
  python -m grader grade hw01 tests/classes/hw01_sample --out results/hw01_echo
  python -m grader gradebook            the course at a glance: students, steps, totals
  python -m grader statistics results/hw01_echo       how each check of a class did
  python -m grader similar hw01 EXPORT --out results/hw01_similar   which programs are alike

Exit status: 0 all passed, 1 something failed, 2 wrong use or the grader's own fault.
"""

# What `make extras` installs, and what that is for.
EXTRAS = {
    "compare50": "`similar`",
    "numpy": "`similar`",
    "pygments": "`similar`",
    "cryptography": "a cluster",
    "distributed": "a cluster",
}


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

    for command in (
        check,
        grade,
        regrade,
        gradebook,
        statistics,
        export,
        gradescope,
        similar,
        engines,
        shown,
    ):
        command.add(commands)
    return top


def sentence(error: Exception) -> str:
    """What a person needs to know of an error."""
    if isinstance(error, Refusal):
        return str(error)
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("grader"):
        name = str(error.name).partition(".")[0]
        if name in EXTRAS:
            return f"{name} is missing, which {EXTRAS[name]} needs: `make extras` installs it."
        return f"{name} is missing: `make check-hw01` installs it, as does pip install -r requirements.lock."
    return (
        f"the grader itself failed ({type(error).__name__}: {error}). Your work is not to blame. "
        "Set GRADER_DEBUG=1 to see where, and report it."
    )
