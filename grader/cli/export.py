"""`export`: scores and reports, in the formats of others."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.cli.common import PASSED, Commands, add_command, add_course, course, visible_by_now
from grader.outcome import Refusal, Report, Visibility
from grader.steps import find

MOST_BYTES = 64 << 20  # of a file that is read whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What is to be written, and what is to be said: sentences."""

    data: bytes
    remarks: Sequence[str] = ()


def add(commands: Commands) -> None:
    """The commands and their options."""
    export = add_command(commands, "export", "scores and reports for Canvas, Moodle, Gradescope and others")
    export.set_defaults(command=export_command)
    export.add_argument(
        "out",
        metavar="RESULTS",
        type=Path,
        help="the folder that `grade` wrote to; gradescope, github and junit: or one report, a JSON file",
    )
    export.add_argument("--to", choices=FORMATS, required=True, help="the format")
    export.add_argument(
        "--into",
        metavar="LMS.csv",
        type=Path,
        help="canvas, moodle: the table that the LMS wrote, to be filled in",
    )
    export.add_argument(
        "--column", metavar="NAME", default="", help="canvas: the assignment whose column is filled"
    )
    export.add_argument(
        "--output", metavar="FILE", type=Path, help="where to write (default: standard output)"
    )
    add_course(export)
    workflow = add_command(commands, "github-workflow", "a workflow for a classroom repository on GitHub")
    workflow.set_defaults(command=workflow_command)
    workflow.add_argument("step", metavar="STEP", help="hw01, or hw01_echo")
    workflow.add_argument("course", metavar="OWNER/NAME", help="the repository that holds this course")
    workflow.add_argument(
        "--output", metavar="FILE", type=Path, help="where to write (default: standard output)"
    )


def export_command(options: argparse.Namespace) -> int:
    """Make the export, and say what is not in it."""
    if options.into is None and options.to in INTO:
        raise Refusal(f"--to {options.to} fills a table in: name it with --into.")
    if options.into is not None and options.to not in INTO:
        raise Refusal(f"--into is for {' and '.join(INTO)}: --to {options.to} makes a file of its own.")
    if options.column and options.to not in INTO:
        raise Refusal(f"--column is for {' and '.join(INTO)}.")
    if options.output and options.into and options.output.resolve() == options.into.resolve():
        raise Refusal(f"{options.into} is what the LMS wrote, and stays so: choose another --output.")
    found = FORMATS[options.to](options)
    write(found.data, options.output)
    for remark in found.remarks:
        print(f"grader: {remark}", file=sys.stderr)
    return PASSED


def workflow_command(options: argparse.Namespace) -> int:
    """Write the workflow."""
    from grader.report.exports import github

    owner, _, name = options.course.partition("/")
    if not all(
        part and part.replace("-", "").replace("_", "").replace(".", "").isalnum() for part in (owner, name)
    ):
        raise Refusal(f"{options.course!r} is no repository on GitHub: write OWNER/NAME.")
    write(github.workflow(find(options.step), options.course).encode(), options.output)
    return PASSED


def to_table(options: argparse.Namespace) -> Export:
    """Canvas and Moodle: the table that they wrote, filled in."""
    from grader.cli.marks import marks_of
    from grader.report.exports import canvas, moodle
    from grader.report.pen import counted

    fill = {"canvas": canvas.fill, "moodle": moodle.fill}[options.to]
    marks, remarks = marks_of(options.out, course(options.course, options.out))
    filled = fill(read(options.into), marks, options.column)
    number = sum(mark.share is not None for mark in marks)
    return Export(
        data=filled.data,
        remarks=(*remarks, *filled.remarks, f"{counted(number, 'student has', 'students have')} a score."),
    )


def to_people(options: argparse.Namespace) -> Export:
    """CSV and JSON: the class."""
    from grader.cli.marks import marks_of
    from grader.gradebook import Reports
    from grader.report.exports import people

    make = {"csv": people.for_people, "csv-exact": people.for_programs, "json": people.as_json}[options.to]
    marks, remarks = marks_of(options.out, course(options.course, options.out))
    data = make(Reports(options.out), {mark.student: mark for mark in marks})
    return Export(data=data, remarks=remarks)


def to_junit(options: argparse.Namespace) -> Export:
    """JUnit: the class, or one report."""
    from grader.cli.marks import must_be_graded
    from grader.gradebook import Reports
    from grader.report.exports.junit import junit

    if options.out.is_dir():
        must_be_graded(options.out)
        return Export(data=junit(shown(Reports(options.out), options)))
    return Export(data=junit([report_in(options)]))


def to_gradescope(options: argparse.Namespace) -> Export:
    """Gradescope: the results.json of one report."""
    from grader.report.exports.gradescope import results

    return Export(data=results(report_in(options)))


def to_github(options: argparse.Namespace) -> Export:
    """GitHub: the summary is written, the annotations are printed: a workflow's output is where they belong."""
    from grader.report.exports import github

    report = report_in(options)
    if options.output:
        print("\n".join(github.annotations(report)))
    return Export(data=github.summary(report).encode())


INTO = ("canvas", "moodle")
FORMATS: dict[str, Callable[[argparse.Namespace], Export]] = {
    "canvas": to_table,
    "moodle": to_table,
    "csv": to_people,
    "csv-exact": to_people,
    "json": to_people,
    "junit": to_junit,
    "gradescope": to_gradescope,
    "github": to_github,
}


def report_in(options: argparse.Namespace) -> Report:
    """The one report, with what students may see of it by now. Raises Refusal."""
    from grader.report import json

    if options.out.is_dir():
        raise Refusal(f"--to {options.to} takes one report: name one of {options.out}/reports/*.json.")
    try:
        report = json.loads(read(options.out))
    except ValueError as error:
        raise Refusal(f"Cannot read {options.out}: {error}") from error
    return next(shown([report], options))


def shown(reports: Iterable[Report], options: argparse.Namespace) -> Iterator[Report]:
    """The reports, in which the checks that students may see by now are visible."""
    opened: frozenset[Visibility] | None = None
    for report in reports:
        if opened is None:
            opened = visible_by_now(options, find(report.step))
        results = (
            replace(result, visibility=Visibility.VISIBLE) if result.visibility in opened else result
            for result in report.results
        )
        yield replace(report, results=tuple(results))


def read(path: Path) -> bytes:
    """The bytes of a file. Raises Refusal."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"Cannot read {path}: {(error.strerror or str(error)).lower()}.") from error
    if len(data) > MOST_BYTES:
        raise Refusal(f"Cannot read {path}: it holds more than {MOST_BYTES >> 20} MiB.")
    return data


def write(data: bytes, output: Path | None) -> None:
    """Write to the file, whole or not at all, or to standard output where there is none. Raises Refusal."""
    from grader.report.files import write_output

    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        write_output(output, data)
    except OSError as error:
        raise Refusal(f"Cannot write {output}: {(error.strerror or str(error)).lower()}.") from error
