"""`gradebook`: the course at a glance."""

import argparse
from pathlib import Path

from grader.cli.common import PASSED, Commands, add_course, console, course


def add(commands: Commands) -> None:
    """The command and its options."""
    gradebook = commands.add_parser("gradebook", help="a course at a glance: students, steps, totals")
    gradebook.set_defaults(command=gradebook_command)
    gradebook.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        nargs="+",
        default=[Path("results")],
        help="folders with results, or with such folders in them (default: results)",
    )
    add_course(gradebook)


def gradebook_command(options: argparse.Namespace) -> int:
    """Every student of the course, and what its policy makes of the scores."""
    from grader.gradebook.glance import glance
    from grader.report import terminal

    terminal.show_course(glance(options.out, course(options.course, options.out[0])), console())
    return PASSED
