"""The reports in a gradebook, to be looked at one after the other, as often as one likes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from grader.gradebook.policy import Raw
from grader.gradebook.tables import NAME, Place, gradebook_in, members_of, number, reading
from grader.outcome import Refusal, Report, Status

AGAIN = "it was judged again since, and the grader itself failed at that: this is the result before"

_decode = msgspec.msgpack.Decoder(Report).decode


class Reports(Collection[Report]):
    """The reports that count, light ones, in the order of their students: none is kept, each walk reads them."""

    def __init__(self, out: Path, place: Place = Place.STANDING) -> None:
        self._path = out / NAME
        self._place = place

    def __len__(self) -> int:
        with reading(self._path) as database:
            return number(database, "SELECT count(*) FROM counting WHERE place = ?", self._place)

    def __iter__(self) -> Iterator[Report]:
        query = "SELECT student, light, troubled FROM counting WHERE place = ? ORDER BY student"
        with reading(self._path) as database:
            other = database.cursor()  # one for all: a connection remembers each that it made
            for student, data, troubled in database.execute(query, [self._place]):
                report = _decode(data)
                notes = (*report.notes, AGAIN) if troubled else report.notes
                yield replace(report, notes=notes, members=members_of(other, self._place, student))

    def __contains__(self, report: object) -> bool:
        return any(report == other for other in self)

    @property
    def resubmitted(self) -> set[str]:
        """Whose files are not those of the result that stands."""
        query = """
            SELECT mine.student FROM counting AS mine JOIN counting AS other
            ON mine.student = other.student AND mine.submission <> other.submission
            WHERE mine.place = ? AND other.place = ?
        """
        with reading(self._path) as database:
            return {student for (student,) in database.execute(query, [self._place, Place.STANDING])}

    @property
    def broken(self) -> int:
        """How many submissions the grader failed at, whether or not an earlier score of theirs stands."""
        query = "SELECT count(*) FROM results WHERE place = ? AND broken"
        with reading(self._path) as database:
            return number(database, query, self._place)


def raw_results(out: Path) -> Iterator[Raw]:
    """What stands in the gradebook of the folder `out`, as the course's policy takes it: a result per member."""
    query = """
        SELECT members.id, student, step, status, score, max_score, members.name, handed_in, late
        FROM counting JOIN runs USING (place) JOIN members USING (place, student)
        WHERE place = ? ORDER BY members.id
    """
    with reading(out / NAME) as database:
        for student, submission, step, status, score, most, name, handed_in, late in database.execute(
            query, [Place.STANDING]
        ):
            yield Raw(
                student=student,
                submission=submission,
                step=step,
                status=Status(status),
                score=score,
                max_score=most,
                name=name,
                handed_in=datetime.fromisoformat(handed_in) if handed_in else None,
                late=bool(late),
            )


def gradebooks(
    folders: Sequence[Path], remedy: str = "name with --out those that count", besides: str = ""
) -> dict[str, Path]:
    """The folders with a gradebook, among `folders` and right below them, by the step they hold, in its order.

    Those of the step `besides` are passed over. Raises Refusal where two hold the same step, with the `remedy`, and
    where there is none.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        below = [folder, *sorted(folder.iterdir())] if folder.is_dir() else []
        for out in filter(gradebook_in, below):
            with reading(out / NAME) as database:
                steps = database.execute("SELECT step FROM runs WHERE place = ?", [Place.STANDING]).fetchall()
            for (step,) in steps:
                if step != besides and found.setdefault(step, out) != out:
                    raise Refusal(f"{found[step]} and {out} both hold {step}: {remedy}.")
    if not found and not besides:
        where = ", ".join(map(str, folders))
        raise Refusal(f"There is no gradebook in {where}: `python -m grader grade` makes one.")
    return dict(sorted(found.items()))
