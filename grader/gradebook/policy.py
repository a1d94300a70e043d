"""What a course makes of the scores: raw, then late, then set by hand. Pure functions, exact numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from grader.gradebook.course import Course, Late
from grader.outcome import Status

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """One student's result at one step, as it was judged."""

    student: str
    submission: str = ""  # its identity: a group's is another than the student's
    step: str  # the slug
    status: Status
    score: int
    max_score: int
    name: str = ""
    handed_in: datetime | None = None  # with its offset
    late: bool = False  # the LMS says so, though perhaps not by how much


class Kind(StrEnum):
    """How a score came about."""

    JUDGED = ""
    LATE = "late"
    SET = "set by hand"
    EXCUSED = "excused"
    MISSING = "missing"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a student has for a step."""

    kind: Kind
    points: Fraction | None  # none where the step does not count
    share: Fraction = Fraction(0)  # of what could be had, from 0 to 1
    days: int = 0  # late, each begun day a whole one
    spent: int = 0  # of the student's late days
    reason: str = ""  # an instructor's


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One student of a course."""

    student: str
    name: str
    scores: tuple[Score, ...]  # in the order of the course's steps
    total: Fraction | None  # percent; none where nothing counts


def days_late(deadline: datetime | None, result: Raw, grace: timedelta) -> int:
    """The days since the deadline, each that has begun. Within the grace it is none, after it the grace counts too.

    Where only the LMS says that it was late, and not by how much, it is one day.
    """
    if deadline is None:
        return 0
    if result.handed_in is None:
        return int(result.late)
    over = result.handed_in.astimezone(UTC) - deadline.astimezone(UTC)  # else a change of clocks would count
    return 0 if over <= grace else -(-over // DAY)


def percent_off(days: int, late: Late) -> int:
    """What so many days cost, in percent of what was earned."""
    return min(days * late.percent_per_day, late.most_percent)


def scores(
    results: Mapping[str, Raw], student: str, steps: Iterable[str], course: Course
) -> dict[str, Score]:
    """A student's scores, by step. Late days are spent on the earliest deadline first, where they save something."""
    left = course.late.late_days
    found: dict[str, Score] = {}
    for step in sorted(steps, key=lambda step: due_time(course, step)):
        score = decided(student, step, results.get(step), course) or judged(results[step], left, course)
        left -= score.spent
        found[step] = score
    return found


def decided(student: str, step: str, result: Raw | None, course: Course) -> Score | None:
    """The score where it does not come from judging: an instructor's word comes first."""
    most = result.max_score if result else 100
    for override in course.override:
        if (override.student, override.step) == (student, step):
            points = Fraction(override.score)
            return Score(kind=Kind.SET, points=points, share=points / most, reason=override.reason)
    for excuse in course.excuse:
        if (excuse.student, excuse.step) == (student, step):
            return Score(kind=Kind.EXCUSED, points=None, reason=excuse.reason)
    if result is None:
        return Score(kind=Kind.MISSING, points=Fraction(0))
    if result.status is Status.BROKEN:
        return Score(kind=Kind.BROKEN, points=None)
    return None


def judged(result: Raw, left: int, course: Course) -> Score:
    """The score of a result, where `left` late days are to spend."""
    grace = timedelta(minutes=course.late.grace_minutes)
    days = days_late(course.deadline(result.step, result.student), result, grace)
    spent = min(days, left)
    if not result.score or percent_off(days - spent, course.late) == percent_off(days, course.late):
        spent = 0  # nothing would be saved
    points = Fraction(result.score * (100 - percent_off(days - spent, course.late)), 100)
    return Score(
        kind=Kind.LATE if days else Kind.JUDGED,
        points=points,
        share=points / result.max_score if result.max_score else Fraction(0),
        days=days,
        spent=spent,
    )


def total(found: Mapping[str, Score], course: Course) -> Fraction | None:
    """The weighted mean of the steps that count, in percent."""
    counted = [
        (Fraction(course.due(step).weight), score)
        for step, score in found.items()
        if score.points is not None
    ]
    weights = sum(weight for weight, _ in counted)
    return 100 * sum(weight * score.share for weight, score in counted) / weights if weights else None


def lines(results: Iterable[Raw], steps: Sequence[str], course: Course) -> list[Line]:
    """A line per student who has a result at any of the steps, by identity."""
    students: dict[str, dict[str, Raw]] = {}
    for result in results:
        students.setdefault(result.student, {})[result.step] = result
    return [line(student, students[student], steps, course) for student in sorted(students)]


def line(student: str, results: Mapping[str, Raw], steps: Sequence[str], course: Course) -> Line:
    """One student's line."""
    found = scores(results, student, steps, course)
    name = next((result.name for result in results.values() if result.name), "")
    return Line(
        student=student, name=name, scores=tuple(found[step] for step in steps), total=total(found, course)
    )


def due_time(course: Course, step: str) -> tuple[float, str]:
    """What orders steps by their deadlines, those without one last."""
    deadline = course.due(step).deadline
    return (deadline.timestamp() if deadline else float("inf"), step)
