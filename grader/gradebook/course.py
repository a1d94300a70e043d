"""course.toml: deadlines, lateness, weights, what is shown when, and what an instructor decides by hand.

grader/README.md, "The course", describes each key. A mistake in the file is one sentence, with the line or the key.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta, Struct

from grader.outcome import Refusal, Visibility
from grader.steps import UnknownStep, find

NAME = "course.toml"
PLAIN = {  # what msgspec says in the words of JSON
    "Object contains unknown field": "there is no such key as",
    "Object missing required field": "it lacks the key",
}

Row = TypeVar("Row", bound=Struct)
Percent = Annotated[int, Meta(ge=0, le=100)]
Amount = Annotated[int, Meta(ge=0)]
Words = Annotated[str, Meta(min_length=1)]


class BadCourse(Refusal):
    """The course's file cannot be used. The message says where, and why."""


class When(StrEnum):
    """When students see more of a check than its title."""

    NEVER = "never"
    DEADLINE = "deadline"  # when nobody can hand in on time any more
    ALWAYS = "always"


class Late(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What lateness costs. Without this table it costs nothing."""

    percent_per_day: Percent = 0  # of what was earned, for every day that has begun
    most_percent: Percent = 100  # the cap on that
    grace_minutes: Amount = 0  # so late is not late
    late_days: Amount = 0  # that each student may spend over the whole course


class Shown(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When students see the checks that are not visible from the beginning."""

    after_deadline: When = When.DEADLINE
    hidden: When = When.NEVER


class Due(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the course makes of one step."""

    deadline: datetime | None = None
    weight: Annotated[float, Meta(ge=0)] = 1


class Extension(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One student's own deadline."""

    student: Words
    step: Words
    until: datetime
    reason: Words


class Override(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A score that an instructor sets, in points. It is final: lateness costs nothing more."""

    student: Words
    step: Words
    score: Percent
    reason: Words


class Excuse(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step that does not count for one student."""

    student: Words
    step: Words
    reason: Words


class Course(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file. Steps go by their slugs, and every time has its offset."""

    time_zone: str = ""
    late: Late = Late()
    shown: Shown = Shown()
    steps: Mapping[str, Due] = {}
    extension: tuple[Extension, ...] = ()
    override: tuple[Override, ...] = ()
    excuse: tuple[Excuse, ...] = ()

    def due(self, step: str) -> Due:
        """What holds for the step with this slug."""
        return self.steps.get(step, Due())

    def deadline(self, step: str, student: str) -> datetime | None:
        """When this student must have handed in."""
        own = [
            extension.until
            for extension in self.extension
            if (extension.step, extension.student) == (step, student)
        ]
        return own[0] if own else self.due(step).deadline

    def visible(self, step: str, now: datetime) -> frozenset[Visibility]:
        """What students may see of the step by now, besides what is visible from the beginning."""
        deadline = self.due(step).deadline
        last = [extension.until for extension in self.extension if extension.step == step]
        passed = (
            deadline is not None and max((deadline, *last)) + timedelta(minutes=self.late.grace_minutes) < now
        )
        opens = {When.NEVER: False, When.DEADLINE: passed, When.ALWAYS: True}
        when = {Visibility.AFTER_DEADLINE: self.shown.after_deadline, Visibility.HIDDEN: self.shown.hidden}
        return frozenset(visibility for visibility in when if opens[when[visibility]])


def read_course(file: Path) -> Course:
    """The course that `file` describes. Raises BadCourse."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
        if isinstance(
            table.get("steps"), dict
        ):  # one by one: of a table msgspec does not say which entry it is
            for name, due in table["steps"].items():
                typed(due, Due, f"steps.{name}.")
        return checked(typed(table, Course))
    except OSError as error:
        raise BadCourse(f"Cannot read {file}: {(error.strerror or str(error)).lower()}.") from error
    except UnicodeDecodeError as error:
        raise BadCourse(f"{file} is not UTF-8: byte {error.start} is no character.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadCourse(f"{file} is not TOML: {error}.") from error
    except ValueError as error:
        raise BadCourse(f"{file}: {error}{'' if str(error).endswith('?') else '.'}") from error


def typed(table: object, kind: type[Row], above: str = "") -> Row:
    """`table`, the one whose keys begin with `above`, as a `kind`. Raises ValueError."""
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        for theirs, ours in PLAIN.items():
            what = what.replace(theirs, ours)
        raise ValueError(f"{(above + where.rstrip('`')).rstrip('.') or 'at its top'}: {what}") from error


def checked(course: Course) -> Course:
    """`course` with slugs for steps and offsets for times. Raises ValueError for what makes no sense."""
    zone = zone_of(course.time_zone)
    steps = {}
    for name, due in course.steps.items():
        slug = slug_of(name, f"steps.{name}")
        if slug in steps:
            raise ValueError(f"steps.{name}: {slug} is there twice")
        steps[slug] = replaced(
            due, deadline=due.deadline and timed(due.deadline, zone, f"steps.{name}.deadline")
        )
    extensions = tuple(
        replaced(
            row,
            step=slug_of(row.step, f"extension[{index}].step"),
            until=timed(row.until, zone, f"extension[{index}].until"),
        )
        for index, row in enumerate(course.extension)
    )
    overrides = tuple(
        replaced(row, step=slug_of(row.step, f"override[{index}].step"))
        for index, row in enumerate(course.override)
    )
    excuses = tuple(
        replaced(row, step=slug_of(row.step, f"excuse[{index}].step"))
        for index, row in enumerate(course.excuse)
    )
    refuse_twice("extension", extensions)
    refuse_twice("override and excuse", (*overrides, *excuses))
    return replaced(course, steps=steps, extension=extensions, override=overrides, excuse=excuses)


def find_course(asked: Path | None, out: Path) -> Path | None:
    """The file to read: the one that was `asked` for; or in `out`, beside it, or here; or none."""
    if asked is not None:
        return asked
    return next(
        (path for path in (out / NAME, out.resolve().parent / NAME, Path(NAME)) if path.is_file()), None
    )


def zone_of(name: str) -> tzinfo | None:
    """The time zone called so. Raises ValueError."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        raise ValueError(f'time_zone: there is no "{name}": write it as in "Europe/Prague"') from None


def timed(moment: datetime, zone: tzinfo | None, key: str) -> datetime:
    """`moment` with its offset. Raises ValueError where nobody says what it is."""
    if moment.tzinfo is not None:
        return moment
    if zone is None:
        raise ValueError(
            f"{key}: {moment} where? Write {moment.isoformat()}+01:00, or give time_zone at the top"
        )
    return moment.replace(tzinfo=zone)


def slug_of(name: str, key: str) -> str:
    """The slug of the step called `name`. Raises ValueError."""
    try:
        return find(name).slug
    except UnknownStep as error:
        raise ValueError(f"{key}: {str(error).partition(' `')[0].rstrip('.')}") from None


def refuse_twice(key: str, rows: Iterable[Extension | Override | Excuse]) -> None:
    """Raises ValueError where two rows are about the same student and step: which of them holds?"""
    for (student, step), number in Counter((row.student, row.step) for row in rows).items():
        if number > 1:
            raise ValueError(f"{key}: {student} is there {number} times for {step}")


def replaced(table: Row, **fields: object) -> Row:
    """`table` with other values in these fields."""
    return msgspec.structs.replace(table, **fields)
