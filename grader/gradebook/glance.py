"""The course at a glance: every gradebook of it, and what its policy makes of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.gradebook.course import Course, Excuse, Extension, Override
from grader.gradebook.policy import Line, Raw, lines
from grader.gradebook.reports import Reports, gradebooks, raw_results
from grader.gradebook.tables import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What there is to see."""

    steps: tuple[str, ...]  # slugs
    lines: tuple[Line, ...]
    remarks: tuple[str, ...]


def glance(folders: Sequence[Path], course: Course) -> Glance:
    """The gradebooks in `folders` and right below them. Raises Refusal where there is none to see."""
    books = gradebooks(folders)
    results = [result for out in books.values() for result in raw_results(out)]
    steps = tuple(books)
    found = lines(results, steps, course)
    remarks = (*undated(results, course), *unknown({line.student for line in found}, course), *waiting(books))
    return Glance(steps=steps, lines=tuple(found), remarks=remarks)


def undated(results: Sequence[Raw], course: Course) -> Iterator[str]:
    """The steps with a deadline at which nobody knows when something came."""
    for step in sorted({result.step for result in results}):
        number = sum(
            result.step == step and not result.late and result.handed_in is None for result in results
        )
        if number and course.due(step).deadline:
            yield f"{short(step)}: when {number} came is not known, so they count as on time"


def unknown(students: set[str], course: Course) -> Iterator[str]:
    """Whom the course's file names, and nobody else knows."""
    rows: tuple[Extension | Override | Excuse, ...] = (*course.extension, *course.override, *course.excuse)
    if strangers := sorted({row.student for row in rows} - students):
        yield f"course.toml names somebody who has no result: {', '.join(strangers)}"


def waiting(books: dict[str, Path]) -> Iterator[str]:
    """The regrades that somebody must decide about."""
    for step, out in books.items():
        if number := len(Reports(out, Place.REGRADE)):
            yield f"{short(step)}: a regrade of {number} waits for --apply or --drop"


def short(step: str) -> str:
    """hw01."""
    return step.partition("_")[0]
