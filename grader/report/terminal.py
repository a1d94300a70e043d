"""What the commands show: each function prints one screen to a rich console, whatever that writes to."""

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console, RenderableType

from grader.checks.hints import Hint
from grader.outcome import Check, Report
from grader.report.classroom import glimpse, results_listing, statistics_listing
from grader.report.gradebook import Change, Course, change_listing, course_listing, decision_listing
from grader.report.hints import hint_listing, hint_screen
from grader.report.progress import Progress
from grader.report.screens import ReportScreen
from grader.report.statistics import Statistics
from grader.report.tables import (
    Listing,
    Promise,
    check_listing,
    class_opening,
    promise_listing,
    step_listing,
)
from grader.steps import Step

__all__ = [
    "Progress",
    "make_console",
    "show_changes",
    "show_checks",
    "show_class",
    "show_class_header",
    "show_course",
    "show_decision",
    "show_hint",
    "show_hints",
    "show_promises",
    "show_report",
    "show_statistics",
    "show_steps",
]


def make_console() -> Console:
    """Standard output: in colour on a terminal unless NO_COLOR is set, plain anywhere else."""
    return Console(highlight=False, markup=False, emoji=False)


def show(screen: RenderableType, console: Console) -> None:
    """Print `screen`. Only commands to copy are wider than the console: they stay whole."""
    console.print(screen, crop=False)


def show_report(report: Report, console: Console, *, again: str = "") -> None:
    """A student's run. `again` is the command that repeats it."""
    show(ReportScreen(report, again), console)


def show_checks(step: Step, checks: Sequence[Check], console: Console) -> None:
    """The checks of a step."""
    show(Listing(partial(check_listing, step, checks)), console)


def show_hint(hint: Hint, console: Console, *, by_make: bool) -> None:
    """One hint, and how to ask for the next: by make, or by Python."""
    show(Listing(partial(hint_screen, hint, by_make)), console)


def show_hints(step: Step, checks: Sequence[Check], console: Console, *, by_make: bool) -> None:
    """The checks that have hints, and how to ask for one."""
    show(Listing(partial(hint_listing, step, checks, by_make)), console)


def show_steps(steps: Sequence[Step], console: Console) -> None:
    """The steps."""
    show(Listing(partial(step_listing, steps)), console)


def show_promises(promises: Sequence[Promise], console: Console) -> None:
    """What the sandbox promises and whether it holds here."""
    show(Listing(partial(promise_listing, promises)), console)


def show_class_header(
    step: Step, submissions: int, others: Sequence[str], where: str, console: Console
) -> None:
    """What is about to be graded, `where` ("box", "world", "plain"), and the entries that are passed over."""
    show(Listing(partial(class_opening, step, submissions, others, where)), console)


def show_class(reports: Collection[Report], out: Path, console: Console) -> None:
    """A class that has been graded, and where its results are. A large one is summed up only."""
    show(Listing(partial(glimpse, reports)), console)
    show(Listing(partial(results_listing, out)), console)


def show_statistics(found: Statistics, console: Console) -> None:
    """How each check of a class did."""
    show(Listing(partial(statistics_listing, found)), console)


def show_course(course: Course, console: Console) -> None:
    """A course at a glance."""
    show(Listing(partial(course_listing, course)), console)


def show_changes(changes: Sequence[Change], judged: int, decide: str, console: Console) -> None:
    """What a regrade would change, of so many that were `judged` anew, and how to `decide` about it."""
    show(Listing(partial(change_listing, changes, judged, decide)), console)


def show_decision(results: int, out: Path, console: Console, *, applied: bool) -> None:
    """What became of a regrade of so many results."""
    show(Listing(partial(decision_listing, results, out, applied)), console)
