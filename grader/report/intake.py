"""The screen of a dry run: who handed in what, when, and what is wrong with it, before anything is judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from rich.console import Console, RenderableType

from grader.report.pen import Pen, counted
from grader.report.tables import Listing, class_opening, grid, titled
from grader.report.terminal import show
from grader.steps import Step

MOST_NAMES = 40  # of those who handed in nothing; the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One submission, as far as it is known before it is judged."""

    who: str
    files: tuple[str, ...]  # by name; none where it cannot be judged
    came: str  # "late, attempt 2"; "" where the export says nothing
    late: bool
    reason: str  # why it cannot be judged, or ""
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What was found in an export besides the submissions."""

    format: str  # "a Canvas download"
    others: Sequence[str]  # entries that are no submissions
    absent: Sequence[str]  # who handed in nothing
    remarks: Sequence[str]  # on single submissions


def show_dry_run(step: Step, export: Export, lines: Sequence[Line], console: Console) -> None:
    """What would be graded."""
    show(Listing(partial(dry_run, step, export, lines)), console)


def show_opening(step: Step, export: Export, submissions: int, where: str, console: Console) -> None:
    """What is about to be graded, `where` ("box", "world", "plain")."""
    show(Listing(partial(opening, step, export, submissions, where)), console)


def opening(step: Step, export: Export, submissions: int, where: str, pen: Pen) -> Iterator[RenderableType]:
    """What is about to be graded, and what was found besides."""
    *head, blank = class_opening(step, submissions, (), where, pen)
    yield from (*head, *export_listing(export, pen), blank)


def dry_run(step: Step, export: Export, lines: Sequence[Line], pen: Pen) -> Iterator[RenderableType]:
    """A row per submission, and what they have in common."""
    yield titled(step, pen)
    yield from export_listing(replace(export, remarks=()), pen)  # the table has them
    yield pen.text("")
    table = grid(pen, "submission", "files", "came", "what there is to say")
    for line in lines:
        told = "; ".join(filter(None, (line.reason, *line.remarks)))
        table.add_row(
            pen.text(line.who, longest=80),
            pen.text(files(line), "dim"),
            pen.text(line.came),
            pen.text(told, "bold red" if line.reason else "", 300),
        )
    yield table
    yield pen.text("")
    troubled, late = sum(bool(line.reason) for line in lines), sum(line.late for line in lines)
    facts = (
        counted(len(lines), "submission"),
        f"{troubled} not gradable" if troubled else "all can be judged",
        f"{late} late" if late else "",
        f"{len(export.absent)} handed in nothing" if export.absent else "",
    )
    yield pen.text(" · ".join(filter(None, facts)), "bold")
    yield pen.text("nothing was judged, nothing was written", "dim")


def export_listing(export: Export, pen: Pen) -> Iterator[RenderableType]:
    """The format, and what is no submission."""
    rows = (
        ("found:", (export.format,)),
        ("passed over:", export.others),
        ("not there:", export.absent),
        ("look at:", export.remarks),
    )
    for label, names in rows:
        if names:
            more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
            yield from pen.hang(
                pen.text(label, "dim"), 13, [pen.text("; ".join(names[:MOST_NAMES]) + more, "dim", 4000)]
            )


def files(line: Line) -> str:
    """The first file, and how many more there are."""
    first, *rest = line.files or ("-",)
    return first + (f" and {len(rest)} more" if rest else "")
