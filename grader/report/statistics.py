"""What the reports of a class have in common: the scores, the checks and the faults, counted in one walk over them.

Of a report nothing is kept but how its checks ended, and of most classes few patterns of that differ: a class of any
size fits into memory. All numbers are exact; a correlation is rounded once, when its root is taken.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import copysign, sqrt
from statistics import median
from typing import NamedTuple

from grader.outcome import Level, Outcome, Report, Result, Status
from grader.report.summary import first_failure, whose

FEWEST = 10  # graded submissions: about a check in fewer there is nothing to remark
SIDE = 3  # of those who pass a check, and of those who fail: fewer say nothing about it
LETTERS = {Outcome.PASS: "p", Outcome.FAIL: "f", Outcome.BLOCKED: "b", Outcome.BROKEN: "q"}
PASSED, TRIED, ABSENT = "p", "pf", "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One check, over the submissions that were graded."""

    id: str
    title: str
    level: Level
    points: int
    passed: int
    failed: int
    blocked: int
    first: int  # of so many submissions it is the first failed check; 0 where it costs no points
    discrimination: float | None  # from -1 to 1; None where nothing can be said

    @property
    def graded(self) -> int:
        """All of them."""
        return self.passed + self.failed + self.blocked

    @property
    def tried(self) -> int:
        """Those at which nothing before it failed."""
        return self.passed + self.failed

    @property
    def rate(self) -> Fraction | None:
        """The part that passes, of those that tried it; None where nobody did."""
        return Fraction(self.passed, self.tried) if self.tried else None

    @property
    def remark(self) -> str:
        """Why a teacher should look at the check, or ""."""
        if self.graded < FEWEST:
            return ""
        reasons = {
            "nobody comes to it": not self.tried,
            "nobody passes it": not self.passed,
            "nobody fails it": not self.failed,
            "those who pass it do worse on the rest": round(self.discrimination or 0, 2) < 0,
        }
        return next((words for words, holds in reasons.items() if holds), "")


class Fault(NamedTuple):
    """A fault by its name, and who has it."""

    name: str
    share: Fraction  # of the graded submissions
    submissions: tuple[str, ...]
    names: tuple[str, ...]  # whose each of them is, for people; "" where its own name says it all


class Bin(NamedTuple):
    """One bar of the distribution of scores."""

    label: str  # "0–9", in percent of the points
    number: int
    part: Fraction  # of the highest bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All submissions of a class together."""

    step: str  # the slug; empty where there is no report
    title: str  # the step's
    submissions: int
    not_gradable: int
    broken: int
    unboxed: int  # ran without the sandbox
    mean: Fraction | None  # of the scores of the graded ones, in points
    scores: Mapping[Fraction, int]  # how many of the graded ones have which part of the points
    checks: tuple[Figures, ...]  # in the order of the step's table
    faults: tuple[Fault, ...]  # those that cost points, the most frequent first

    @property
    def graded(self) -> int:
        """Those that the checks and the faults are counted over."""
        return sum(self.scores.values())

    @property
    def median(self) -> Fraction:
        """Half of the graded ones have this part of the points or more; 0 where there is none."""
        return Fraction(median(Counter(self.scores).elements())) if self.scores else Fraction(0)

    @property
    def ranked(self) -> list[Figures]:
        """All checks, the hardest first: the one with the lowest rate. Those that nobody tried come last, and among
        equals the step's order holds."""
        return sorted(self.checks, key=lambda check: 2 if check.rate is None else check.rate)

    @property
    def hardest(self) -> Figures | None:
        """The check with the lowest rate, of those that cost somebody points."""
        return next((check for check in self.ranked if check.level is Level.MUST and check.failed), None)

    @property
    def stumbling(self) -> list[Figures]:
        """The checks that are somebody's first failed one, the most frequent first."""
        return sorted((check for check in self.checks if check.first), key=lambda check: -check.first)

    @property
    def bins(self) -> tuple[Bin, ...]:
        """How many have 0–9 % of the points, 10–19 % … and all of them."""
        tens = Counter[int]()
        for score, number in self.scores.items():
            tens[int(10 * score)] += number
        highest = max(tens.values(), default=1)
        labels = ["0–9", *(f"{ten}0–{ten}9" for ten in range(1, 10)), "100"]
        return tuple(Bin(label, tens[ten], Fraction(tens[ten], highest)) for ten, label in enumerate(labels))


class Pattern(NamedTuple):
    """How the checks of some submissions ended, all alike."""

    ends: str  # a letter per check
    earned: int  # points
    number: int  # of the submissions

    @classmethod
    def of(cls, ends: str, points: Iterable[int], number: int) -> "Pattern":
        """The pattern of so many submissions, where the checks are worth `points`."""
        earned = sum(worth for end, worth in zip(ends, points, strict=True) if end == PASSED)
        return cls(ends, earned, number)


class Tally:
    """What is counted while the reports of a class go by, one at a time."""

    def __init__(self) -> None:
        self._of = ("", "")  # the step: slug and title
        self._statuses = Counter[Status]()
        self._unboxed = 0
        self._points = 0
        self._scores = Counter[Fraction]()
        self._checks: dict[str, Result] = {}  # by id, the first result of each: for its title and its points
        self._ends = Counter[str]()  # a letter per check, in the order of _checks
        self._first = Counter[str]()
        self._waiting = defaultdict[str, set[str]](set)  # by id, the checks that it has blocked
        self._behind = defaultdict[str, list[tuple[str, str]]](list)  # the faults: submissions with names

    def add(self, report: Report) -> None:
        """One more report. What is not graded has checks, but does not count."""
        self._of = self._of if self._of[0] else (report.step, report.title)
        self._statuses[report.status] += 1
        self._unboxed += report.sandbox != "box"
        for result in report.results:
            self._checks.setdefault(result.id, result)
        if report.status is Status.GRADED:
            self._add_graded(report)

    def _add_graded(self, report: Report) -> None:
        self._points += report.score
        self._scores[Fraction(report.score, report.max_score or 1)] += 1
        letters = {result.id: LETTERS[result.outcome] for result in report.results}
        self._ends["".join(letters.get(id, ABSENT) for id in self._checks)] += 1
        first = first_failure(report)
        if first:
            self._first[first.id] += 1
        for result in report.results:
            if result.blocked_by:
                self._waiting[result.blocked_by].add(result.id)
        for fault in faults(report):
            self._behind[fault].append((report.submission, whose(report.members, report.submission)))

    def statistics(self) -> Statistics:
        """What has been counted by now."""
        graded = self._statuses[Status.GRADED]
        behind = sorted(self._behind.items(), key=lambda item: (-len(item[1]), item[0]))
        return Statistics(
            step=self._of[0],
            title=self._of[1],
            submissions=self._statuses.total(),
            not_gradable=self._statuses[Status.NOT_GRADABLE],
            broken=self._statuses[Status.BROKEN],
            unboxed=self._unboxed,
            mean=Fraction(self._points, graded) if graded else None,
            scores=self._scores,
            checks=tuple(self._figures()),
            faults=tuple(
                Fault(name, Fraction(len(them), graded), *zip(*them, strict=True)) for name, them in behind
            ),
        )

    def _figures(self) -> Iterator[Figures]:
        ids = list(self._checks)
        points = [result.points for result in self._checks.values()]
        # A check that came with a later report is absent from the patterns before.
        patterns = [
            Pattern.of(ends.ljust(len(ids), ABSENT), points, number) for ends, number in self._ends.items()
        ]
        for place, (id, result) in enumerate(self._checks.items()):
            falls = [ids.index(other) for other in self._waiting[id]]
            count = Counter[str]()
            for pattern in patterns:
                count[pattern.ends[place]] += pattern.number
            yield Figures(
                id=id,
                title=result.title,
                level=result.level,
                points=result.points,
                passed=count[LETTERS[Outcome.PASS]],
                failed=count[LETTERS[Outcome.FAIL]],
                blocked=count[LETTERS[Outcome.BLOCKED]],
                first=self._first[id],
                discrimination=discrimination(tried(patterns, points, place, falls)),
            )


def statistics(reports: Iterable[Report]) -> Statistics:
    """What the reports of one step have in common. They are looked at once, one after the other."""
    tally = Tally()
    for report in reports:
        tally.add(report)
    return tally.statistics()


def faults(report: Report) -> set[str]:
    """The named faults that cost points."""
    return {
        result.card.fault
        for result in report.results
        if result.level is Level.MUST and result.card and result.card.fault
    }


def tried(
    patterns: Iterable[Pattern], points: Sequence[int], place: int, falls: Iterable[int]
) -> Iterator[tuple[bool, int, int]]:
    """What `discrimination` takes, for the check at `place`.

    Where it is blocked it was not tried, and says nothing. The checks at `falls` wait for it: whoever fails it loses
    their points too, whatever he could have done, so they are no part of the rest.
    """
    apart = (place, *falls)
    for ends, earned, number in patterns:
        if ends[place] in TRIED:
            own = sum(points[other] for other in apart if ends[other] == PASSED)
            yield ends[place] == PASSED, earned - own, number


def discrimination(tried: Iterable[tuple[bool, int, int]]) -> float | None:
    """The correlation between passing one check and the points on the rest (item-rest, point-biserial).

    `tried`: whether it is passed, the points on the rest, and how many submissions are like that. None where fewer
    than FEWEST tried, where fewer than SIDE pass or fail, and where all have the same on the rest.
    """
    number = passed = points = squares = both = 0
    for passes, rest, many in tried:
        number += many
        points += many * rest
        squares += many * rest * rest
        if passes:
            passed += many
            both += many * rest
    spread = passed * (number - passed) * (number * squares - points * points)
    if number < FEWEST or min(passed, number - passed) < SIDE or not spread:
        return None
    together = number * both - passed * points
    return copysign(sqrt(Fraction(together * together, spread)), together)
