"""The gradebook of one step: a file of SQLite, in which each result is committed the moment it exists.

A result stands, or it belongs to a regrade that waits for a decision. A BROKEN one is kept beside a score, and never
takes its place. What is committed survives the death of every process of ours. When the machine itself loses its
power the last results may be missing, and are judged again.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from grader.gradebook.lock import sole_writer
from grader.gradebook.tables import NAME, Place, number, transaction, writing
from grader.outcome import Refusal, Report, Status
from grader.steps import Step

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Report).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A submission as the gradebook knows it: whose it is, when it came, and the fingerprints of its result."""

    student: str
    name: str = ""
    handed_in: str = ""  # ISO 8601 with its offset; empty where it is not known
    late: bool = False  # the LMS says so
    submission: bytes
    judging: bytes


@contextmanager
def opened(out: Path, step: Step) -> Iterator["Book"]:
    """The gradebook of `step` in the folder `out`, which must be there, for its only writer. Raises Refusal."""
    with sole_writer(out), writing(out / NAME) as database:
        for (other,) in database.execute("SELECT step FROM runs WHERE step <> ?", [step.slug]):
            raise Refusal(f"{out} holds the results of {other}: choose another --out for {step.slug}.")
        yield Book(database, step)


class Book:
    """A gradebook that is open for writing."""

    def __init__(self, database: sqlite3.Connection, step: Step) -> None:
        self._database = database
        self._step = step

    def seed(self, place: Place, asked: int | None, new: int) -> int:
        """The seed for what is to come: the one that is `asked` for, or the last one here, or else a `new` one."""
        known = dict(self._database.execute("SELECT place, seed FROM runs"))
        last = known.get(place, known.get(Place.STANDING, new))
        seed = last if asked is None else asked
        if known.get(place) != seed:
            self._database.execute(
                "INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", [place, self._step.slug, seed]
            )
        return seed

    def has_score(self, place: Place, student: str) -> bool:
        """Whether the student has a result there that is not BROKEN."""
        sentence = "SELECT count(*) FROM results WHERE (place, student, broken) = (?, ?, 0)"
        return bool(number(self._database, sentence, place, student))

    def holds(self, place: Place, entry: Entry) -> bool:
        """Whether the student has such a result of just this submission, judged by just these checks."""
        sentence = (
            "SELECT count(*) FROM results "
            "WHERE (place, student, broken, submission, judging) = (?, ?, 0, ?, ?)"
        )
        values = (place, entry.student, entry.submission, entry.judging)
        return bool(number(self._database, sentence, *values))

    def confirm(self, place: Place, entry: Entry) -> None:
        """The score there is of just this submission, whatever other one failed since.

        A name from a roster, or a time, may have come without new files.
        """
        said = (entry.name, entry.handed_in, int(entry.late))
        self._database.execute(
            "UPDATE results SET name = ?, handed_in = ?, late = ? "
            "WHERE (place, student) = (?, ?) AND (name, handed_in, late) <> (?, ?, ?)",
            [*said, place, entry.student, *said],
        )
        self._forget_failure(place, entry.student)

    def keep(self, place: Place, entry: Entry, report: Report, drawn: bytes | None) -> None:
        """Commit a result, with the way in which its pages were `drawn`; None: they are still to be."""
        broken = int(report.status is Status.BROKEN)
        row = (
            *(place, entry.student, broken, entry.name, entry.handed_in, int(entry.late)),
            *(entry.submission, entry.judging, report.status, report.score, report.max_score, drawn),
            *(_encode(light(report)), zlib.compress(_encode(report), level=1)),
        )
        with transaction(self._database):
            if not broken:
                self._forget_failure(place, entry.student)
            self._database.execute(f"INSERT OR REPLACE INTO results VALUES ({marks(row)})", row)

    def undrawn(self, way: bytes, there: Callable[[str], bool]) -> Iterator[Report]:
        """The whole reports that stand, and whose pages are not drawn this way, or are no longer `there`."""
        query = "SELECT student, drawn IS ? FROM counting WHERE place = ?"
        for student, drawn in self._database.execute(query, [way, Place.STANDING]).fetchall():
            if not drawn or not there(student):
                yield self.whole(student)

    def whole(self, student: str) -> Report:
        """The report that stands, transcripts and all."""
        query = "SELECT report FROM counting WHERE (place, student) = (?, ?)"
        [data] = self._database.execute(query, [Place.STANDING, student]).fetchone()
        return _decode(zlib.decompress(data))

    def mark_drawn(self, student: str, way: bytes) -> None:
        """The student's pages are drawn this way."""
        sentence = "UPDATE results SET drawn = ? WHERE (place, student) = (?, ?)"
        self._database.execute(sentence, [way, Place.STANDING, student])

    def apply(self) -> int:
        """The regrade's results stand from now on, all or none; not the BROKEN ones. Returns their number."""
        with transaction(self._database):
            done = self._database.execute(
                "DELETE FROM results WHERE place = ? AND student IN "
                "(SELECT student FROM results WHERE place = ? AND NOT broken)",
                [Place.STANDING, Place.REGRADE],
            )
            done = self._database.execute(
                "UPDATE results SET place = ? WHERE place = ? AND NOT broken",
                [Place.STANDING, Place.REGRADE],
            )
            self._database.execute(
                "UPDATE OR REPLACE runs SET place = ? WHERE place = ?", [Place.STANDING, Place.REGRADE]
            )
            self._database.execute("DELETE FROM results WHERE place = ?", [Place.REGRADE])
        return done.rowcount

    def drop(self) -> int:
        """Forget the regrade. Returns how many results it had."""
        with transaction(self._database):
            done = self._database.execute("DELETE FROM results WHERE place = ?", [Place.REGRADE])
            self._database.execute("DELETE FROM runs WHERE place = ?", [Place.REGRADE])
        return done.rowcount

    def _forget_failure(self, place: Place, student: str) -> None:
        self._database.execute(
            "DELETE FROM results WHERE (place, student, broken) = (?, ?, 1)", [place, student]
        )


def light(report: Report) -> Report:
    """`report` without what only its own page shows."""
    return replace(report, results=tuple(replace(result, transcript=()) for result in report.results))


def marks(row: tuple[object, ...]) -> str:
    """A question mark for every value."""
    return ", ".join("?" * len(row))
