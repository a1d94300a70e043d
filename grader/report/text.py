"""Reports as plain text files: the screens of the terminal, 100 columns wide, without colours or escapes."""

from collections.abc import Collection
from io import StringIO

from rich.console import Console, RenderableType

from grader.outcome import Report
from grader.report.classroom import class_listing
from grader.report.pen import WIDEST, Pen
from grader.report.screens import ReportScreen
from grader.report.terminal import show


def report_text(report: Report) -> str:
    """One report, for a file that is written in UTF-8."""
    return drawn(ReportScreen(report))


def class_text(reports: Collection[Report]) -> str:
    """The table of a class, for a file that is written in UTF-8. Its lines need no console to be drawn."""
    pen = Pen(console_of(WIDEST), WIDEST, ascii=False)
    return "".join(f"{line.plain.rstrip()}\n" for line in class_listing(reports, pen))


def drawn(screen: RenderableType, width: int = WIDEST) -> str:
    """What `screen` looks like in `width` columns, without blanks at the ends of lines."""
    console = console_of(width)
    with console.capture() as capture:
        show(screen, console)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().rstrip().split("\n"))


def console_of(width: int) -> Console:
    """A console of so many columns that draws in black and white."""
    return Console(
        file=StringIO(),
        width=width,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
        _environ={},  # the caller's environment could ask for colours
    )
