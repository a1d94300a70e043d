"""`gradebook`: the course at a glance, or as a table."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.common import PASSED, Commands, add_command, add_course, console, course
from grader.outcome import Refusal

if TYPE_CHECKING:
    from grader.gradebook.glance import Glance


def add(commands: Commands) -> None:
    """The command and its options."""
    gradebook = add_command(commands, "gradebook", "a course at a glance: students, steps, totals")
    gradebook.set_defaults(command=gradebook_command)
    gradebook.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        nargs="+",
        default=[Path("results")],
        help="folders with results, or with such folders in them (default: results)",
    )
    gradebook.add_argument(
        "--to",
        choices=("csv", "csv-exact"),
        help="a table instead: csv for a spreadsheet, csv-exact for a program",
    )
    gradebook.add_argument(
        "--output", metavar="FILE", type=Path, help="with --to: where to write (default: standard output)"
    )
    add_course(gradebook)


def gradebook_command(options: argparse.Namespace) -> int:
    """Every student of the course, and what its policy makes of the scores."""
    from grader.gradebook.glance import glance
    from grader.report import terminal

    if options.output and not options.to:
        raise Refusal("--output is for a table: say --to csv, or csv-exact.")
    found = glance(options.out, course(options.course, options.out[0]))
    if options.to:
        return export(found, options)
    terminal.show_course(found, console())
    return PASSED


def export(found: "Glance", options: argparse.Namespace) -> int:
    """The course as a table, and on standard error what is not in it."""
    from grader.cli.export import write
    from grader.report.exports.course import for_people, for_programs

    write(for_people(found) if options.to == "csv" else for_programs(found), options.output)
    for remark in found.remarks:
        print(f"grader: {remark}.", file=sys.stderr)
    return PASSED
