"""The page of one submission: the order and the words of the terminal's screen, and what travelled as a picture."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.text import Text

from grader.outcome import Outcome, Report, Result, Status, Visibility, with_id
from grader.report.card import COMMAND, FAILED, HELD_BACK, blocks, commands
from grader.report.html.sequence import Picture, sequence
from grader.report.html.site import LONGEST_NAME, cut, named, page, web_pen
from grader.report.screens import CLOCKS, OFFICIAL, SORRY, counts, ended, score
from grader.report.summary import whose


class Lesson(NamedTuple):
    """A failed check, as its card shows it."""

    result: Result
    mark: str  # "✗", "!" or "·"
    cost: str  # "0/5", or "warning"
    held_back: str  # why there is no more than the title, if so
    labels: list[tuple[str, list[Text]]]  # "expected", and the lines beside it
    picture: Picture | None  # what travelled
    commands: list[tuple[str, str]]


class Waiting(NamedTuple):
    """The checks that wait for the same other one."""

    cause: str  # its id; empty where nothing was judged at all
    ids: list[str]


def student_page(report: Report, home: str = "") -> str:
    """The page of `report`, in UTF-8 when written. `home` is the class page's address, relative to this one."""
    passed = ended(report, Outcome.PASS)
    judged = passed or ended(report, Outcome.FAIL)
    caveats = [OFFICIAL.get(report.sandbox, report.sandbox), "" if report.proof else CLOCKS]
    return page(
        "student.html",
        "student.css",
        report=report,
        name=named(report),
        people=members(report),
        home=home,
        short=report.step.partition("_")[0],
        score=score(report),
        counts=counts(report),
        caveats="; ".join(filter(None, caveats)) if judged else "",
        reason="" if report.status is Status.GRADED else f"{report.status.capitalize()}: {report.reason}",
        passed=[(result, picture_of(result)) for result in passed],
        lessons=[lesson(result, report.step) for result in ended(report, Outcome.FAIL)],
        broken=ended(report, Outcome.BROKEN),
        sorry=SORRY,
        waiting=list(waiting(ended(report, Outcome.BLOCKED))),
    )


def members(report: Report) -> list[str]:
    """Whose work it is, with the ids of the LMS; nobody, where the page's heading says it all."""
    if not whose(report.members, report.submission):
        return []
    return [cut(with_id(member.name, member.id), LONGEST_NAME) for member in report.members]


def lesson(result: Result, step: str) -> Lesson:
    """What the page says about one failed check of `step`: no more than its card may."""
    mark, _, cost = FAILED[result.level]
    cost = cost or f"{result.earned}/{result.points}"
    if result.visibility is not Visibility.VISIBLE or result.card is None:
        return Lesson(result, mark, cost, HELD_BACK.get(result.visibility, ""), [], None, [])
    typed = [pair for pair in commands(result, result.card, step) if 0 < len(pair[1]) <= COMMAND]
    labels = [(label, body) for label, body in blocks(result.card, result, web_pen()) if body]
    return Lesson(result, mark, cost, "", labels, picture_of(result), typed)


def picture_of(result: Result) -> Picture | None:
    """What travelled during a check, unless that is kept back."""
    return sequence(result.transcript, web_pen()) if result.visibility is Visibility.VISIBLE else None


def waiting(results: list[Result]) -> Iterator[Waiting]:
    """The checks that wait, by what they wait for."""
    for cause in dict.fromkeys(result.blocked_by for result in results):
        yield Waiting(cause, [result.id for result in results if result.blocked_by == cause])
