"""The lists: a class, the steps, the checks of a step, the promises of the sandbox."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from grader.outcome import Check, Report, Status, with_id
from grader.report.pen import Pen, counted
from grader.report.summary import Row, Summary, row, summary, whose
from grader.steps import Step

STYLES = {Status.GRADED: "", Status.NOT_GRADABLE: "bold red", Status.BROKEN: "bold magenta"}

# Where the programs of a class run.
WHERE = {
    "box": "sandbox: bubblewrap in a private network",
    "world": "no sandbox: the programs run as you, in a private network",
    "plain": "no sandbox: the programs run as you, on this machine's network",
}


class Promise(Protocol):
    """Something that the sandbox promises, and whether it holds on this machine."""

    @property
    def name(self) -> str: ...
    @property
    def holds(self) -> bool: ...
    @property
    def detail(self) -> str: ...
    @property
    def remedy(self) -> str: ...


@dataclass(frozen=True)
class Listing:
    """Something that draws itself with a pen made for the console that prints it."""

    draw: Callable[[Pen], Iterator[RenderableType]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield from self.draw(Pen.of(console, options))


def class_opening(
    step: Step, submissions: int, others: Sequence[str], where: str, pen: Pen
) -> Iterator[RenderableType]:
    """What is about to be graded."""
    yield titled(step, pen)
    yield pen.text(f"{counted(submissions, 'submission')} · {WHERE.get(where, where)}", "dim")
    if others:
        yield from pen.hang(pen.text("passed over:", "dim"), 13, [pen.text(", ".join(others), "dim")])
    yield Text()


def results_listing(out: Path, pen: Pen) -> Iterator[RenderableType]:
    """Where the results of a class are."""
    yield Text()
    results = {
        "the class": "class.txt, class.json",
        "each of them": "reports/*.html, *.txt, *.json",
        "to look at": "index.html",
    }
    for label, names in results.items():
        yield pen.whole(f"{label:14}", f"{out}/{names}")


def class_listing(reports: Iterable[Report], pen: Pen) -> Iterator[RenderableType]:
    """A row per submission, and what they have in common."""
    table = grid(pen, "submission", "status", ">score", "first failed check")
    for report in reports:
        line = row(report)
        style = STYLES[line.status]
        score = "-" if line.status is Status.BROKEN else str(line.score)
        perfect = line.score == line.max_score and line.status is Status.GRADED
        table.add_row(
            pen.text(who(line), longest=160),
            pen.text(line.status, style),
            pen.text(score, "bold green" if perfect else "bold"),
            pen.text(line.words, "dim" if perfect else "", 300),
        )
    yield table
    yield Text()
    yield from class_summary(reports, pen)


def who(line: Row) -> str:
    """Whose work it is, and the name that it is filed under."""
    return with_id(whose(line.members, line.submission), line.submission)


def class_summary(reports: Iterable[Report], pen: Pen) -> Iterator[Text]:
    """The summary of a class, in a few lines."""
    found = summary(reports)
    yield pen.text(class_facts(found), "bold")
    if found.unboxed:
        yield pen.text(f"{found.unboxed} without the sandbox: their scores are unofficial", "bold")
    if found.hardest:
        title, share = found.hardest
        yield from pen.hang(pen.text("hardest"), 21, [pen.text(f"{title} ({percent(share)} pass)")])
    if found.fault:
        name, share = found.fault
        yield from pen.hang(pen.text("most frequent fault"), 21, [pen.text(f"{name} ({percent(share)})")])


def class_facts(found: Summary) -> str:
    """The summary of a class, in one line."""
    facts = [
        counted(found.submissions, "submission"),
        f"mean {float(found.mean):.1f}" if found.mean is not None else "",
        f"{found.not_gradable} not gradable",
        f"{found.broken} broken",
    ]
    return " · ".join(filter(None, facts))


def percent(share: Fraction) -> str:
    """31 %."""
    return f"{round(100 * share)} %"


def step_listing(steps: Sequence[Step], pen: Pen) -> Iterator[RenderableType]:
    """A row per step."""
    table = grid(pen, "step", "what it builds", "how it is run", "handout")
    for step in steps:
        handout = f"homework/{step.slug}"
        table.add_row(*map(pen.text, (step.short, step.title, step.run, handout)))
    yield table


def check_listing(step: Step, checks: Sequence[Check], pen: Pen) -> Iterator[RenderableType]:
    """A row per check of a step."""
    yield titled(step, pen)
    yield Text()
    table = grid(pen, "check", ">points", "what it asks", "level", "rule")
    for check in checks:
        table.add_row(
            pen.text(check.id, "bold"),
            pen.text(str(check.points)),
            pen.text(check.title),
            pen.text(check.level),
            pen.text(check.rule, "dim"),
        )
    yield table
    yield Text()
    total = sum(check.points for check in checks)
    yield pen.text(f"{counted(len(checks), 'check')}, {counted(total, 'point')}", "bold")


def promise_listing(promises: Sequence[Promise], pen: Pen) -> Iterator[Text]:
    """A line per promise, and what to do about those that do not hold."""
    for promise in promises:
        mark = pen.text("  ✓", "bold green") if promise.holds else pen.text("  ✗", "bold red")
        detail = pen.text(f": {promise.detail}" if promise.detail else "", "dim")
        body = [Text.assemble(pen.text(promise.name, "bold"), detail)]
        if promise.remedy and not promise.holds:
            body.append(pen.text(f"→ {promise.remedy}"))
        yield from pen.hang(mark, 5, body)
    broken = sum(not promise.holds for promise in promises)
    yield Text()
    number = f"{len(promises) - broken} of {len(promises)}"
    yield pen.text(f"  {number} promises of the sandbox hold on this machine.", "bold")


def titled(step: Step, pen: Pen) -> Text:
    """The step's name and title."""
    return Text.assemble(pen.text(step.short, "bold cyan"), pen.text(f" · {step.title}", "bold"))


def grid(pen: Pen, *headings: str) -> Table:
    """A table without lines, whose headings with a ">" in front stand over columns of numbers."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), width=None, header_style="dim")
    for heading in headings:
        number = heading.startswith(">")
        name = heading.removeprefix(">")
        narrow = number or name in ("check", "step", "status", "level")
        table.add_column(
            pen.text(name), justify="right" if number else "left", no_wrap=narrow, overflow="fold"
        )
    return table
