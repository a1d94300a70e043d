"""The gradebook of one step: a file of SQLite, in which each result is committed the moment it exists.

A result stands, or it belongs to a regrade that waits for a decision. A BROKEN one is kept beside a score, and never
takes its place. A student is a member of one submission at a time: of the one that was graded last. A submission that
all its members have left is kept, and counts for nobody.

What is committed survives the death of every process of ours. When the machine itself loses its power the last results
may be missing, and are judged again.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from grader.gradebook.lock import sole_writer
from grader.gradebook.tables import NAME, Place, members_of, number, transaction, writing
from grader.outcome import Member, Refusal, Report, Status
from grader.steps import Step

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Report).decode


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A submission as the gradebook knows it: whose it is, when it came, and the fingerprints of its result."""

    student: str  # its identity: a student's, or a group's
    name: str = ""
    members: tuple[Member, ...] = ()  # nobody, where the export does not say
    handed_in: str = ""  # ISO 8601 with its offset; empty where it is not known
    late: bool = False  # the LMS says so
    submission: bytes
    judging: bytes

    @property
    def people(self) -> tuple[Member, ...]:
        """Who gets the score: the members, or else whoever the identity is."""
        return self.members or (Member(id=self.student, name=self.name),)


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

    def named(self, place: Place, entry: Entry) -> Entry:
        """`entry` with its members. Where the export does not say who they are, they stay those that are known.

        A regrade knows whom it has named itself, and else whoever stands, unless they are in another of its
        submissions by now.
        """
        if entry.members:
            return entry
        query = (
            "SELECT id, name FROM members AS known WHERE (place, student) = (?, ?) AND NOT EXISTS (SELECT * "
            "FROM members WHERE (place, id) = (?, known.id) AND student <> known.student) ORDER BY rowid"
        )
        standing = self._database.execute(query, [Place.STANDING, entry.student, place])
        former = tuple([Member(id=id, name=name) for id, name in standing])
        return replace(entry, members=members_of(self._database, place, entry.student) or former)

    def confirm(self, place: Place, entry: Entry) -> None:
        """The score there is of just this submission, whatever other one failed since.

        A name from a roster, a member, or a time, may have come without new files.
        """
        said = (entry.name, entry.handed_in, int(entry.late))
        with transaction(self._database):
            self._database.execute(
                "UPDATE results SET name = ?, handed_in = ?, late = ? "
                "WHERE (place, student) = (?, ?) AND (name, handed_in, late) <> (?, ?, ?)",
                [*said, place, entry.student, *said],
            )
            if members_of(self._database, place, entry.student) != entry.people:
                self._take_in(place, entry)
                self._redraw(place, [entry.student])
            self._forget_failure(place, entry.student)

    def keep(self, place: Place, entry: Entry, report: Report, drawn: bytes | None) -> None:
        """Commit a result, with the way in which its pages were `drawn`; None: they are still to be."""
        broken = int(report.status is Status.BROKEN)
        row = (
            *(place, entry.student, broken, entry.name, entry.handed_in, int(entry.late)),
            *(entry.submission, entry.judging, report.status, report.score, report.max_score, drawn),
            *(_encode(light(report)), zlib.compress(_encode(alone(report)), level=1)),
        )
        with transaction(self._database):
            if not broken:
                self._forget_failure(place, entry.student)
            if not broken or not members_of(self._database, place, entry.student):
                self._take_in(place, entry, free=bool(broken))
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
        members = members_of(self._database, Place.STANDING, student)
        return replace(_decode(zlib.decompress(data)), members=members)

    def mark_drawn(self, student: str, way: bytes) -> None:
        """The student's pages are drawn this way."""
        sentence = "UPDATE results SET drawn = ? WHERE (place, student) = (?, ?)"
        self._database.execute(sentence, [way, Place.STANDING, student])

    def apply(self) -> int:
        """The regrade's results stand from now on, all or none; not the BROKEN ones. Returns their number."""
        with transaction(self._database):
            self._apply_members()
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
            self._forget(Place.REGRADE)
        return done.rowcount

    def drop(self) -> int:
        """Forget the regrade. Returns how many results it had."""
        with transaction(self._database):
            results = self._forget(Place.REGRADE)
            self._database.execute("DELETE FROM runs WHERE place = ?", [Place.REGRADE])
        return results

    def _forget_failure(self, place: Place, student: str) -> None:
        self._database.execute(
            "DELETE FROM results WHERE (place, student, broken) = (?, ?, 1)", [place, student]
        )

    def _take_in(self, place: Place, entry: Entry, *, free: bool = False) -> None:
        """The submission is its members' from now on, and they leave any other. Only those who are `free`, if asked so:
        a failure of ours takes nobody away from a score."""
        former = "SELECT student FROM members WHERE (place, id) = (?, ?) AND student <> ?"
        if not free:
            left = [
                student
                for member in entry.people
                for (student,) in self._database.execute(former, [place, member.id, entry.student])
            ]
            self._redraw(place, left)
            self._database.execute(
                "DELETE FROM members WHERE (place, student) = (?, ?)", [place, entry.student]
            )
        verb = "INSERT OR IGNORE" if free else "INSERT OR REPLACE"
        rows = [(place, member.id, entry.student, member.name) for member in entry.people]
        self._database.executemany(f"{verb} INTO members VALUES (?, ?, ?, ?)", rows)

    def _apply_members(self) -> None:
        """Whose the regrade's results are that are about to stand."""
        moved = "SELECT student FROM results WHERE place = 'regrade' AND NOT broken"
        ids = f"SELECT id FROM members WHERE place = 'regrade' AND student IN ({moved})"
        left = f"SELECT student FROM members WHERE place = 'standing' AND id IN ({ids})"
        self._redraw(Place.STANDING, [student for (student,) in self._database.execute(left).fetchall()])
        self._database.execute(
            f"DELETE FROM members WHERE place = 'standing' AND (student IN ({moved}) OR id IN ({ids}))"
        )
        self._database.execute(
            f"UPDATE members SET place = 'standing' WHERE place = 'regrade' AND student IN ({moved})"
        )

    def _redraw(self, place: Place, students: Sequence[str]) -> None:
        """The pages of these submissions name others than their members."""
        self._database.executemany(
            "UPDATE results SET drawn = NULL WHERE (place, student) = (?, ?)",
            [(place, student) for student in students],
        )

    def _forget(self, place: Place) -> int:
        """Forget all that is there. Returns how many results it were."""
        self._database.execute("DELETE FROM members WHERE place = ?", [place])
        return self._database.execute("DELETE FROM results WHERE place = ?", [place]).rowcount


def light(report: Report) -> Report:
    """`report` without what only its own page shows."""
    return replace(alone(report), results=tuple(replace(result, transcript=()) for result in report.results))


def alone(report: Report) -> Report:
    """`report` without its members: they may change without it, and have a table of their own."""
    return replace(report, members=())


def marks(row: tuple[object, ...]) -> str:
    """A question mark for every value."""
    return ", ".join("?" * len(row))
