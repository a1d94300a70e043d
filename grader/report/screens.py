"""The screens, as things that a rich console can print: one report, a class, and the lists.

Each draws itself for the console that prints it, so that a terminal, a pipe and a file get the same content.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from grader.outcome import Outcome, Report, Result, Status
from grader.report.card import FAILED, MARGIN, card
from grader.report.pen import Pen, counted

# Where the program ran: what that means for the verdict.
OFFICIAL = {
    "box": "",
    "world": "unofficial: your program ran in a private network, but without the sandbox; the score is the same",
    "plain": "unofficial: there is no sandbox here; the score is the same",
}
CLOCKS = "clocks decided which waits were in vain"
SORRY = (
    "The grader failed here, not your program: we are sorry. It costs you nothing. Run the check again. "
    "If this stays, write a report with --json report.json and send it to whoever gives the course."
)
STYLES = {Status.GRADED: "", Status.NOT_GRADABLE: "bold red", Status.BROKEN: "bold magenta"}


@dataclass(frozen=True)
class ReportScreen:
    """A student's run: what passed, what failed and why, what waits, and the score.

    `again` is the command that repeats the run; it may be empty.
    """

    report: Report
    again: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        pen = Pen.of(console, options)
        blocks = (header, not_graded, passed, failed, broken, blocked, notes)
        for block in blocks:
            lines = list(block(self.report, pen))
            yield from lines
            if lines:
                yield Text()
        yield from footer(self.report, self.again, pen)


def header(report: Report, pen: Pen) -> Iterator[Text]:
    """The step and the submission."""
    short = report.step.partition("_")[0]
    name = Text.assemble(
        pen.text(short, "bold cyan"), pen.text(" · ", "dim"), pen.text(report.title, "bold", 80)
    )
    yield from pen.opposite(Text(), name, pen.text(report.submission, "dim", 40))


def not_graded(report: Report, pen: Pen) -> Iterator[Text]:
    """Why there is no verdict."""
    if report.status is not Status.GRADED:
        style = STYLES[report.status]
        label = Text.assemble("  ", pen.text("✗", style))
        yield from pen.hang(
            label, MARGIN, [pen.text(f"{report.status.capitalize()}: {report.reason}", style)]
        )


def passed(report: Report, pen: Pen) -> Iterator[Text]:
    """The checks that passed, in a few lines."""
    results = ended(report, Outcome.PASS)
    if results:
        count = pen.text(f"{counted(len(results), 'check passes', 'checks pass')}: ")
        names = pen.text(", ".join(result.id for result in results), "dim", 4000)
        yield from pen.hang(pen.text("  ✓", "bold green"), MARGIN, [Text.assemble(count, names)])


def failed(report: Report, pen: Pen) -> Iterator[Text]:
    """A card for each check that failed."""
    for number, result in enumerate(ended(report, Outcome.FAIL)):
        if number:
            yield Text()
        yield from card(result, report.step, pen)


def broken(report: Report, pen: Pen) -> Iterator[Text]:
    """The checks in which the grader failed."""
    results = ended(report, Outcome.BROKEN)
    for result in results:
        yield from pen.hang(pen.text("  ?", "bold magenta"), MARGIN, [pen.text(result.title)])
    if results:
        yield from pen.hang(Text(), MARGIN, [pen.text(SORRY)])


def blocked(report: Report, pen: Pen) -> Iterator[Text]:
    """The checks that wait, by what they wait for."""
    results = ended(report, Outcome.BLOCKED)
    for cause in dict.fromkeys(result.blocked_by for result in results):
        names = [result.id for result in results if result.blocked_by == cause]
        count = counted(len(names), "check waits", "checks wait") + (f" for {cause}" if cause else "")
        text = Text.assemble(pen.text(f"{count}: "), pen.text(", ".join(names), "dim", 4000))
        yield from pen.hang(pen.text("  ·", "bold"), MARGIN, [text])


def notes(report: Report, pen: Pen) -> Iterator[Text]:
    """What else there is to say."""
    for note in report.notes:
        yield from pen.hang(pen.text("  note"), 8, [pen.text(note)])


def footer(report: Report, again: str, pen: Pen) -> Iterator[Text]:
    """The score, how official it is, and what to do next."""
    facts = [counts(report), f"{report.seconds:.1f} s", f"seed {report.seed}"]
    style = "bold green" if report.score == report.max_score else "bold"
    text = Text.assemble(pen.text(score(report), style), pen.text(" · " + " · ".join(filter(None, facts))))
    yield from pen.hang(Text(), 2, [text])
    caveats = [OFFICIAL.get(report.sandbox, report.sandbox), "" if report.proof else CLOCKS]
    if any(caveats) and (
        ended(report, Outcome.PASS) or ended(report, Outcome.FAIL)
    ):  # else nothing was judged
        yield from pen.hang(Text(), 2, [pen.text("; ".join(filter(None, caveats)), "dim")])
    if again:
        yield pen.whole("  check it again:  ", again, "bold")


def score(report: Report) -> str:
    """The score, in words."""
    if report.status is Status.BROKEN:
        return "no score"
    return f"{report.score} of {report.max_score} points"


def counts(report: Report) -> str:
    """How many checks ended how."""
    numbers = Counter(
        FAILED[result.level][2] or "failed" if result.outcome is Outcome.FAIL else NAMES[result.outcome]
        for result in report.results
    )
    return ", ".join(f"{number} {name}" for name, number in numbers.items())


NAMES = {Outcome.PASS: "passed", Outcome.BLOCKED: "blocked", Outcome.BROKEN: "not judged"}


def ended(report: Report, outcome: Outcome) -> list[Result]:
    """The checks that ended so."""
    return [result for result in report.results if result.outcome is outcome]
