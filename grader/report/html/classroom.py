"""The page of a class: the scores, the checks, the faults with those who have them, and a row per submission.

It looks at one report at a time, and at no transcript.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction
from statistics import median
from typing import NamedTuple
from urllib.parse import quote

from grader.outcome import Level, Outcome, Report, Result, Status
from grader.report.html.site import LONGEST_NAME, cut, named, page
from grader.report.summary import row, summary, whose
from grader.report.tables import class_facts

HARDEST, FREQUENT = 10, 15  # how many of them are shown
FEW = 12  # names that need not be folded away
LONG = 200  # rows: a table with more is drawn where it is looked at
LONGEST_WORDS = 300  # characters, as in the terminal's table

# What a cell of the map says: its mark, its class in the style, and the mark in words. The worst first.
MARKS = {
    Level.MUST: ("✗", "f", "failed"),
    Level.SHOULD: ("!", "w", "warning"),
    Level.MAY: ("i", "i", "for your information"),
    Outcome.BROKEN: ("?", "q", "not judged"),
    Outcome.BLOCKED: ("·", "b", "blocked by another"),
    Outcome.PASS: ("✓", "p", "passed"),
}


class Student(NamedTuple):
    """A submission, by name and with its page."""

    name: str
    page: str  # its address, relative to the class page


class Cell(NamedTuple):
    """One check of one submission."""

    mark: str
    look: str
    words: str
    card: str  # the address of its card, if it has one


class Line(NamedTuple):
    """One submission's row."""

    student: Student
    people: list[str]  # its members by name; nobody, where the submission's own name says it all
    status: str
    score: str
    seconds: float
    words: str
    cells: list[Cell | None]  # None where there is no result


class Column(NamedTuple):
    """One check, over the submissions that were graded."""

    id: str
    title: str
    level: Level
    passed: int
    failed: int
    share: Fraction  # of those who pass


class Fault(NamedTuple):
    """A fault by its name, and who has it."""

    name: str
    share: Fraction
    students: list[Student]


class Bin(NamedTuple):
    """One bar of the distribution."""

    label: str  # "0–9", in percent of the points
    number: int
    part: float  # of the highest bar


class Tally:
    """What is counted while the reports of a class go by, one at a time."""

    def __init__(self) -> None:
        self.checks: dict[
            str, tuple[str, Level]
        ] = {}  # title and level by id, in the order of the step's table
        self.ends = Counter[tuple[str, Outcome]]()
        self.scores: list[Fraction] = []  # parts of the points, of those that were graded
        self.behind = defaultdict[str, list[Student]](list)  # the faults by name, and who has them

    def add(self, report: Report, student: Student) -> None:
        """One more report. What is not graded has checks, but does not count."""
        self.checks = {result.id: (result.title, result.level) for result in report.results} | self.checks
        if report.status is Status.GRADED:
            self.scores.append(Fraction(report.score, report.max_score or 1))
            self.ends.update((result.id, result.outcome) for result in report.results)
            for fault in faults(report):
                self.behind[fault].append(student)

    def columns(self) -> Iterator[Column]:
        """A column per check."""
        for name, (title, level) in self.checks.items():
            passed, failed = self.ends[name, Outcome.PASS], self.ends[name, Outcome.FAIL]
            yield Column(name, title, level, passed, failed, Fraction(passed, len(self.scores) or 1))

    def hardest(self) -> list[Column]:
        """The checks that fewest pass, of those that cost points."""
        missed = (column for column in self.columns() if column.share < 1 and column.level is Level.MUST)
        return sorted(missed, key=lambda column: column.share)[:HARDEST]

    def ranked(self) -> list[Fault]:
        """The faults that have a name, the most frequent first, as grader.report.summary counts them."""
        found = sorted(self.behind.items(), key=lambda item: (-len(item[1]), item[0]))
        return [Fault(name, Fraction(len(them), len(self.scores)), them) for name, them in found]

    def bins(self) -> list[Bin]:
        """How many have 0–9 % of the points, 10–19 % … and all of them."""
        tens = Counter(int(10 * score) for score in self.scores)
        highest = max(tens.values(), default=1)
        labels = ["0–9", *(f"{ten}0–{ten}9" for ten in range(1, 10)), "100"]
        return [Bin(label, tens[ten], tens[ten] / highest) for ten, label in enumerate(labels)]


def class_page(reports: Collection[Report], address: Callable[[Report], str]) -> str:
    """The page of a class, all of one step. `address` gives the file of a report's page, relative to this one.

    The reports are gone through more than once and none is kept, so that they may come from a database.
    """

    def student(report: Report) -> Student:
        return Student(named(report), quote(address(report)))

    tally = Tally()
    for report in reports:
        tally.add(report, student(report))
    columns, ranked, found = list(tally.columns()), tally.ranked(), summary(reports)
    return page(
        "class.html",
        "class.css",
        "class.js",
        step=next(
            (f"{report.step.partition('_')[0]} · {report.title}" for report in reports), "An empty class"
        ),
        facts=class_facts(found),
        unboxed=found.unboxed,
        graded=len(tally.scores),
        middle=round(100 * median(tally.scores or [Fraction(0)])),
        bins=tally.bins(),
        hardest=tally.hardest(),
        faults=ranked[:FREQUENT],
        more_faults=len(ranked[FREQUENT:]),
        few=FEW,
        columns=columns,
        long=found.submissions > LONG,
        lines=(line(report, student(report), columns) for report in reports),
        marks=MARKS.values(),
        statuses=[str(status) for status in Status],
    )


def faults(report: Report) -> set[str]:
    """The named faults that cost points."""
    return {
        result.card.fault
        for result in report.results
        if result.level is Level.MUST and result.card and result.card.fault
    }


def line(report: Report, student: Student, columns: Sequence[Column]) -> Line:
    """The row of one report."""
    found = row(report)
    by_id = {result.id: result for result in report.results}
    cells = [cell(by_id[column.id], student) if column.id in by_id else None for column in columns]
    score = "-" if found.status is Status.BROKEN else str(found.score)
    names = [cut(member.name or member.id, LONGEST_NAME) for member in found.members]
    people = names if whose(found.members, found.submission) else []
    return Line(student, people, found.status, score, report.seconds, cut(found.words, LONGEST_WORDS), cells)


def cell(result: Result, student: Student) -> Cell:
    """One check of one submission."""
    failed = result.outcome is Outcome.FAIL
    mark, look, words = MARKS[result.level if failed else result.outcome]
    return Cell(mark, look, words, f"{student.page}#{result.id}" if failed else "")
