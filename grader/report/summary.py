"""A submission in short: its row in a class."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.outcome import Level, Member, Outcome, Report, Result, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One submission of a class."""

    submission: str
    members: tuple[Member, ...]  # whose work it is
    status: Status
    score: int
    max_score: int
    sandbox: str  # where the program ran, as in Report
    proof: bool
    first: str  # the id of the first failed check; empty if none failed
    words: str  # that check in words, with the fault's name; or the reason why there is no verdict
    outcomes: Mapping[str, Outcome]  # by the check's id


def row(report: Report) -> Row:
    """The row of one report."""
    first = first_failure(report)
    return Row(
        submission=report.submission,
        members=report.members,
        status=report.status,
        score=report.score,
        max_score=report.max_score,
        sandbox=report.sandbox,
        proof=report.proof,
        first=first.id if first else "",
        words=report.reason or (in_words(first) if first else "everything passes"),
        outcomes={result.id: result.outcome for result in report.results},
    )


def whose(members: Iterable[Member], submission: str) -> str:
    """The names of those whose work the submission is, or their ids; "" where its own name says all of that."""
    found = "; ".join(member.name or member.id for member in members)  # a name may hold a comma
    return "" if found == submission else found


def first_failure(report: Report) -> Result | None:
    """The first check that failed and costs points, in the table's order."""
    for result in report.results:
        if result.outcome is Outcome.FAIL and result.level is Level.MUST:
            return result
    return None


def in_words(result: Result) -> str:
    """A failed check in words."""
    fault = result.card.fault if result.card else ""
    return f"{result.title}: {fault}" if fault else result.title
