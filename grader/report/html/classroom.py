"""The page of a class: the scores, the checks, the faults with those who have them, and a row per submission.

It looks at one report at a time, and at no transcript.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from grader.outcome import Level, Outcome, Report, Result, Status
from grader.report.classroom import LEGEND, LONGEST_WORDS, class_facts
from grader.report.html.site import LONGEST_NAME, cut, safe, streamed
from grader.report.statistics import Fault, statistics
from grader.report.summary import row, whose

STUMBLING, FREQUENT = 10, 15  # how many of them are shown
FEW = 12  # names that need not be folded away
LONG = 200  # rows: a table with more is drawn where it is looked at
TOGETHER = 100  # rows, of which none is drawn or all are

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
    whose: str = ""  # for people, where the name does not say it


class Line(NamedTuple):
    """One submission's row."""

    student: Student
    people: list[str]  # its members by name; nobody, where the submission's own name says it all
    status: str
    score: str
    seconds: float
    words: str
    cells: Markup  # one per check


class Behind(NamedTuple):
    """A fault, and who is behind it."""

    fault: Fault
    students: Iterator[Student]


def class_page(reports: Collection[Report], address: Callable[[str], str]) -> Iterator[str]:
    """The page of a class, all of one step, piece by piece.

    `address` gives the file of a submission's page, relative to this one. The reports are gone through twice and
    none is kept, so that they may come from a database.
    """

    def student(submission: str, whose: str = "") -> Student:
        return Student(
            cut(submission, LONGEST_NAME),
            quote(address(submission)),
            cut(whose, LONGEST_NAME) if whose else "",
        )

    found = statistics(reports)
    ids = {check.id: safe(check.id) for check in found.checks}
    return streamed(
        "class.html",
        "class.css",
        "class.js",
        step=f"{found.step.partition('_')[0]} · {found.title}" if found.step else "An empty class",
        facts=class_facts(found),
        found=found,
        middle=round(100 * found.median),
        stumbling=found.stumbling[:STUMBLING],
        legend=LEGEND,
        faults=[
            Behind(fault, map(student, fault.submissions, fault.names)) for fault in found.faults[:FREQUENT]
        ],
        more_faults=len(found.faults[FREQUENT:]),
        few=FEW,
        together=TOGETHER,
        long=found.submissions > LONG,
        lines=(line(report, student(report.submission), ids) for report in reports),
        marks=MARKS.values(),
        statuses=[str(status) for status in Status],
    )


def line(report: Report, student: Student, ids: Mapping[str, Markup]) -> Line:
    """The row of one report. `ids` are those of the checks, and what a page calls them."""
    found = row(report)
    by_id = {result.id: result for result in report.results}
    name, page = safe(student.name), safe(student.page)
    cells = "".join(cell(by_id.get(id), said, name, page) for id, said in ids.items())
    score = "-" if found.status is Status.BROKEN else str(found.score)
    names = [cut(member.name or member.id, LONGEST_NAME) for member in found.members]
    people = names if whose(found.members, found.submission) else []
    words = cut(found.words, LONGEST_WORDS)
    return Line(
        student, people, found.status, score, report.seconds, words, Markup(cells)
    )  # each is safe by now


def cell(result: Result | None, id: Markup, name: Markup, page: Markup) -> str:
    """One check of one submission. A template would take far longer: a large class has half a million of them."""
    if result is None:
        return '<td class="e"></td>'
    if result.outcome is not Outcome.FAIL:
        mark, look, _ = MARKS[result.outcome]
        return f'<td class="{look}">{mark}</td>'
    mark, look, words = MARKS[result.level]
    return f'<td class="{look}"><a href="{page}#{id}" aria-label="{name}, {id}: {words}">{mark}</a></td>'
