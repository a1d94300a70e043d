"""`statistics`: how each check of a class did."""

import argparse
from pathlib import Path

from grader.cli.common import PASSED, Commands, add_command, console, write_json
from grader.cli.marks import must_be_graded


def add(commands: Commands) -> None:
    """The command and its options."""
    statistics = add_command(
        commands, "statistics", "how each check of a class did: who passes it, and what it tells"
    )
    statistics.set_defaults(command=statistics_command)
    statistics.add_argument("results", metavar="RESULTS", type=Path, help="a folder that `grade` wrote")
    statistics.add_argument(
        "--json", metavar="FILE", help="write them as JSON to FILE, or to standard output for -"
    )


def statistics_command(options: argparse.Namespace) -> int:
    """The checks, the hardest first."""
    from grader.gradebook import Reports
    from grader.report import json, terminal
    from grader.report.statistics import statistics

    must_be_graded(options.results)
    found = statistics(Reports(options.results))
    if options.json:
        write_json(json.statistics_dumps(found), options.json, "the statistics")
    if options.json != "-":
        terminal.show_statistics(found, console())
    return PASSED
