"""A class in short: one row per submission, and what the rows have in common."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All submissions of a class together."""

    submissions: int
    not_gradable: int
    broken: int
    unboxed: int  # ran without the sandbox
    mean: Fraction | None  # of the scores of the graded ones, in points
    hardest: tuple[str, Fraction] | None  # the title of the check that fewest passed, and the share of them
    fault: tuple[str, Fraction] | None  # the most frequent fault, and the share of submissions that have it


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


def summary(reports: Iterable[Report]) -> Summary:
    """What the reports of one step have in common. They are looked at once, one after the other."""
    statuses, failures, faults = Counter[Status](), Counter[str](), Counter[str]()
    points = unboxed = 0
    for report in reports:
        statuses[report.status] += 1
        unboxed += report.sandbox != "box"
        if report.status is Status.GRADED:
            points += report.score
            results = [result for result in report.results if result.level is Level.MUST]
            failures.update(result.title for result in results if result.outcome is not Outcome.PASS)
            faults.update({result.card.fault for result in results if result.card and result.card.fault})
    graded = statuses[Status.GRADED]
    return Summary(
        submissions=statuses.total(),
        not_gradable=statuses[Status.NOT_GRADABLE],
        broken=statuses[Status.BROKEN],
        unboxed=unboxed,
        mean=Fraction(points, graded) if graded else None,
        hardest=next(
            ((title, 1 - Fraction(number, graded)) for title, number in failures.most_common(1)), None
        ),
        fault=next(((fault, Fraction(number, graded)) for fault, number in ranked(faults)), None),
    )


def ranked(counter: "Counter[str]") -> list[tuple[str, int]]:
    """The most frequent first, and among equals the first of the alphabet."""
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
