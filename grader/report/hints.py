"""The screens of hints: one hint, told with the way to the next, and the list of the checks."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from grader.checks.hints import Hint, hint_command
from grader.outcome import Check
from grader.report.pen import Pen
from grader.report.tables import grid, titled
from grader.steps import Step

INDENT = 15  # columns before what stands beside a label
LAST = "This is the last one. Still stuck? Show your lesson card to somebody who teaches the course."


def hint_screen(hint: Hint, by_make: bool, pen: Pen) -> Iterator[RenderableType]:
    """What is asked, the hint, where to read, and how to ask for the next."""
    short = hint.step.short
    yield Text.assemble(pen.text(short, "bold cyan"), pen.text(f" · {hint.check.id}", "bold"))
    yield Text()
    yield from pen.hang(pen.text("  it asks", "cyan"), INDENT, [pen.text(hint.check.title)])
    count = pen.text(f"  hint {hint.number} of {hint.total}", "cyan")
    yield from pen.hang(count, INDENT, [pen.text(hint.text, "bold")])
    yield from pen.hang(pen.text("  read", "cyan"), INDENT, [pen.text(hint.check.read)])
    if hint.number == hint.total:
        yield from pen.hang(Text(), INDENT, [pen.text(LAST, "dim")])
    else:
        following = hint_command(short, hint.check.id, hint.number + 1, by_make=by_make)
        yield pen.whole(f"{'  the next':{INDENT}}", following, "bold")


def hint_listing(step: Step, checks: Sequence[Check], by_make: bool, pen: Pen) -> Iterator[RenderableType]:
    """A row per check, and how to ask."""
    yield titled(step, pen)
    yield Text()
    table = grid(pen, "check", "what it asks")
    for check in checks:
        table.add_row(pen.text(check.id, "bold"), pen.text(check.title))
    yield table
    yield Text()
    yield pen.whole("a hint:  ", hint_command(step.short, checks[0].id, by_make=by_make), "bold")
