"""Reports as plain text files: the screens of the terminal, 100 columns wide, without colours or escapes."""

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType

from grader.outcome import Report
from grader.report.pen import WIDEST
from grader.report.screens import ReportScreen
from grader.report.terminal import class_table, show


def report_text(report: Report) -> str:
    """One report, for a file that is written in UTF-8."""
    return drawn(ReportScreen(report))


def class_text(reports: Iterable[Report]) -> str:
    """The table of a class, for a file that is written in UTF-8."""
    return drawn(class_table(reports))


def drawn(screen: RenderableType, width: int = WIDEST) -> str:
    """What `screen` looks like in `width` columns, without blanks at the ends of lines."""
    console = Console(
        file=StringIO(),
        width=width,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
        _environ={},  # the caller's environment could ask for colours
    )
    with console.capture() as capture:
        show(screen, console)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().rstrip().split("\n"))
