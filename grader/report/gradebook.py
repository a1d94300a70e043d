"""A course at a glance, and what a regrade would change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text

from grader.outcome import Outcome, Report, Status, with_id
from grader.report.pen import Pen, counted
from grader.report.summary import Row, row, whose
from grader.report.tables import grid


class Score(Protocol):
    """What a student has for a step."""

    @property
    def kind(self) -> str: ...  # "", "late", "set by hand", "excused", "missing" or "broken"
    @property
    def points(self) -> Fraction | None: ...
    @property
    def days(self) -> int: ...
    @property
    def spent(self) -> int: ...
    @property
    def reason(self) -> str: ...


class Line(Protocol):
    """One student of a course."""

    @property
    def student(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def scores(self) -> Sequence[Score]: ...
    @property
    def total(self) -> Fraction | None: ...


class Course(Protocol):
    """All of them."""

    @property
    def steps(self) -> Sequence[str]: ...  # slugs
    @property
    def lines(self) -> Sequence[Line]: ...
    @property
    def remarks(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a regrade makes of one student."""

    student: str
    before: Row | None
    after: Row
    resubmitted: bool  # other files than those that were judged before

    @property
    def checks(self) -> Mapping[str, tuple[Outcome, Outcome]]:
        """The outcomes that differ, by the check's id: before and after."""
        old = self.before.outcomes if self.before else {}
        return {
            id: (old[id], outcome)
            for id, outcome in self.after.outcomes.items()
            if id in old and old[id] is not outcome
        }


def changes(
    before: Iterable[Report], after: Iterable[Report], resubmitted: AbstractSet[str]
) -> Iterator[Change]:
    """What is different, by submission: the score, the status, a check, or whose it is."""
    rows = {report.submission: row(report) for report in before}
    for report in after:
        new, old = row(report), rows.get(report.submission)
        if old is None or verdict(old) != verdict(new):
            name = report.submission
            yield Change(student=name, before=old, after=new, resubmitted=name in resubmitted)


def verdict(row: Row) -> tuple[Status, int, Mapping[str, Outcome], AbstractSet[str]]:
    """What a student cares about."""
    return row.status, row.score, row.outcomes, ids(row)


def ids(row: Row) -> AbstractSet[str]:
    """Who gets the score."""
    return {member.id for member in row.members}


def course_listing(course: Course, pen: Pen) -> Iterator[RenderableType]:
    """A row per student, a column per step, and what they have in common."""
    steps = [step.partition("_")[0] for step in course.steps]
    table = grid(pen, "student", *(f">{step}" for step in steps), ">total")
    for line in course.lines:
        cells = [pen.text(words(score), style(score)) for score in line.scores]
        table.add_row(pen.text(who(line), longest=80), *cells, pen.text(percent(line.total), "bold"))
    yield table
    yield Text()
    totals = [line.total for line in course.lines if line.total is not None]
    mean = f"mean {percent(sum(totals, Fraction(0)) / len(totals))}" if totals else ""
    facts = (counted(len(course.lines), "student"), counted(len(steps), "step"), mean)
    yield pen.text(" · ".join(filter(None, facts)), "bold")
    for line in course.lines:
        for step, score in zip(steps, line.scores, strict=True):
            if score.reason:
                why = f"{who(line)}: {score.kind}: {score.reason}"
                yield from pen.hang(pen.text(step), 6, [pen.text(why, "dim")])
    for remark in course.remarks:
        yield from pen.hang(Text(), 0, [pen.text(remark, "bold")])


def who(line: Line) -> str:
    """The student, for people."""
    return with_id(line.name, line.student)


def words(score: Score) -> str:
    """One cell: 87, or 78.3 and why."""
    if score.points is None:
        return score.kind
    notes = {"late": f"{score.days} d late", "missing": "missing", "set by hand": "set"}
    spent = f", {score.spent} free" if score.spent else ""
    note = notes.get(score.kind, "")
    return f"{exact(score.points)} ({note}{spent})" if note else exact(score.points)


def style(score: Score) -> str:
    """How a cell looks."""
    return {"broken": "bold magenta", "missing": "dim", "late": "yellow", "excused": "dim"}.get(
        score.kind, ""
    )


def exact(points: Fraction) -> str:
    """87, 78.3: at most two decimals, and none that says nothing."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def percent(share: Fraction | None) -> str:
    """71.2 %; nothing where nothing counts."""
    return "-" if share is None else f"{float(share):.1f} %"


def change_listing(found: Sequence[Change], judged: int, decide: str, pen: Pen) -> Iterator[RenderableType]:
    """A row per student for whom a regrade changes something, of so many that were `judged` anew.

    `decide` is the command that decides about it, but for its last word.
    """
    table = grid(pen, "student", ">before", ">after", "what is different")
    for change in found:
        table.add_row(
            pen.text(with_id(whose(change.after.members, change.student), change.student), longest=160),
            pen.text(mark(change.before)),
            pen.text(mark(change.after), "bold"),
            pen.text("; ".join(different(change)), longest=300),
        )
    if found:
        yield table
        yield Text()
    pairs = [(change.before, change.after) for change in found if change.before is not None]
    rise = sum(before.score < after.score for before, after in pairs if scored(after))
    fall = sum(before.score > after.score for before, after in pairs if scored(after))
    broken = sum(not scored(change.after) for change in found)
    facts = [f"{judged} judged anew", f"{rise} rise", f"{fall} fall", f"{judged - len(found)} as before"]
    facts += [f"{len(found) - len(pairs)} new"] * (len(found) > len(pairs))
    facts += [f"{broken} broken, which keep their score"] * bool(broken)
    yield pen.text(" · ".join(facts), "bold")
    for label, word in (("let it stand", "--apply"), ("forget it", "--drop")):
        yield pen.whole(f"{label:14}", f"{decide} {word}")


def decision_listing(results: int, out: Path, applied: bool, pen: Pen) -> Iterator[RenderableType]:
    """What became of a regrade."""
    number = counted(results, "result", "results")
    became = (
        f"{number} of the regrade now {'stands' if results == 1 else 'stand'}"
        if applied
        else f"{number} of the regrade {'is' if results == 1 else 'are'} forgotten, and what stood stands"
    )
    yield pen.whole("", f"{out}: {became if results else 'no regrade waits here'}")


def scored(row: Row) -> bool:
    """Whether its score means something."""
    return row.status is not Status.BROKEN


def mark(row: Row | None) -> str:
    """A score for people."""
    return "-" if row is None or not scored(row) else str(row.score)


def different(change: Change) -> Iterator[str]:
    """What is different, in words."""
    if not scored(change.after):
        yield "the grader itself failed: what was before stays"
        return
    if change.resubmitted:
        yield "other files"
    if change.before is None:
        yield "was not there"
    elif change.before.status is not change.after.status:
        yield f"{change.before.status}, now {change.after.status}"
    if change.before and ids(change.before) != ids(change.after):
        yield f"it was the work of {whose(change.before.members, '') or 'nobody'}"
    causes = {id: pair for id, pair in change.checks.items() if Outcome.FAIL in pair}
    for id, (before, after) in causes.items():
        yield f"{id}: {before}, now {after}"
    if waited := len(change.checks) - len(causes):
        yield counted(waited, "check that waits for others", "checks that wait for others")
