"""A class: its submissions go through an engine, and each result is in the gradebook before the next one is looked at.

`out` gets gradebook.sqlite, in which everything is kept; pages made of it, reports/NAME.json, .txt and .html per
submission, class.json and class.txt, and index.html, which leads to them all. A page is written whole under another
name and then renamed: whoever looks finds a whole one or none. A result is committed when its pages are there. So a
run may end anywhere, by any means: the same command goes on from there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from os.path import lexists
from pathlib import Path
from random import SystemRandom

from grader.engine import Making
from grader.gradebook import Book, Entry, Place, Reports, digest, gradebook_in, opened
from grader.intake import Handed, original, read
from grader.outcome import Refusal, Report, Status, Submission, Visibility
from grader.plugin.judging import Job
from grader.report import json, text
from grader.report.files import UNFINISHED, Pieces, write_whole
from grader.report.html import class_page, student_page
from grader.steps import Step
from grader.world import Kind

ORIGINALS = "originals"
CLASS_PAGES = ("class.json", "class.txt", "index.html")
NOT_IN_PLACE = (
    "only the sandbox can run it: without one, programs run where they lie, "
    "and this one lies in no folder of its own"
)
LONGEST_NAME = 200  # bytes: with what is added to it, it must stay below the 255 that a file system takes


class CannotWrite(Refusal):
    """The results cannot be written. The message says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a class is graded."""

    step: Step
    source: Path  # what was downloaded: a folder or an archive
    out: Path
    engine: Making  # what judges
    kind: Kind
    seed: int | None = None  # none: that of the results in `out`, or a new one
    fresh: bool = False
    shown: frozenset[Visibility] = frozenset()  # what students may see by now, besides what is visible


def ignore(_: object) -> None:
    """What a watcher does about what it does not care for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """Whom to tell how a class gets on."""

    before: Callable[[int], None] = ignore  # so many were done by an earlier run
    began: Callable[[str], None] = ignore  # the judging of the submission of this name
    done: Callable[[Report], None] = ignore
    said: Callable[[str], None] = ignore  # what the engine has to say of itself: a sentence


def grade(plan: Plan, handed: Sequence[Handed], watcher: Watcher) -> Reports:
    """Judge what was handed in and has no result yet, and write the results.

    Returns all that is in the gradebook then. Raises CannotWrite, and Refusal where the folder cannot be used.
    """
    check_own(plan.out)
    write(plan.out / "reports", {})
    with opened(plan.out, plan.step) as book:
        sweep(plan.out)
        judge_all(plan, handed, Place.STANDING, book, watcher)
        draw_all(plan.out, plan.shown, book)
    return Reports(plan.out)


def check_own(out: Path) -> None:
    """Raises Refusal where a file in `out` would be replaced that no run of ours has written."""
    foreign = [out / name for name in CLASS_PAGES if lexists(out / name)]
    if foreign and not gradebook_in(out):
        raise Refusal(
            f"{foreign[0]} would be lost, and is of no class that was graded here: choose another --out."
        )


def regrade(plan: Plan, handed: Sequence[Handed], watcher: Watcher) -> Reports:
    """Judge what was handed in anew, beside the results that stand, and change none of these.

    Returns the new ones. Raises Refusal where nothing stands.
    """
    must_be_graded(plan.out)
    with opened(plan.out, plan.step) as book:
        judge_all(plan, handed, Place.REGRADE, book, watcher)
    return Reports(plan.out, Place.REGRADE)


def apply(out: Path, step: Step, shown: frozenset[Visibility]) -> int:
    """The regrade that waits in `out` becomes what stands. Returns the number of its results. Raises Refusal."""
    must_be_graded(out)
    with opened(out, step) as book:
        number = book.apply()
        draw_all(out, shown, book)
    return number


def drop(out: Path, step: Step) -> int:
    """The regrade that waits in `out` is forgotten. Returns the number of its results. Raises Refusal."""
    must_be_graded(out)
    with opened(out, step) as book:
        return book.drop()


def must_be_graded(out: Path) -> None:
    """Raises Refusal where there is no result to be compared with."""
    if not gradebook_in(out):
        raise Refusal(f"Nothing in {out} has been graded yet, so there is nothing to regrade.")


def judge_all(plan: Plan, handed: Sequence[Handed], place: Place, book: Book, watcher: Watcher) -> None:
    """Judge what has no result in that place, and put it there."""
    seed = book.seed(place, plan.seed, new=SystemRandom().randrange(1, 10_000))
    judging = digest.of_judging(plan.step, seed=seed, kind=plan.kind, fresh=plan.fresh)
    way = way_of_drawing(plan.shown)
    waiting = [one for one in handed if not is_done(one, plan, judging, place, book)]
    watcher.before(len(handed) - len(waiting))
    judged: dict[str, tuple[Entry, tuple[str, ...]]] = {}

    def jobs() -> Iterator[Job]:
        """A submission is read when its turn comes, so that a class of any size fits into memory."""
        for one in waiting:
            submission = taken(one, plan)
            judged[submission.name] = entry_of(one, submission, judging), submission.notes
            watcher.began(submission.name)
            yield Job(submission=submission, step=plan.step, seed=seed, kind=plan.kind, fresh=plan.fresh)

    with plan.engine(watcher.said) as engine:
        for report in engine.run(jobs()):
            entry, remarks = judged.pop(report.submission)
            entry = book.named(place, entry)
            report = replace(  # noqa: PLW2901 - the same, said in full
                report, notes=(*remarks, *report.notes), members=entry.people
            )
            hides_a_score = report.status is Status.BROKEN and book.has_score(place, entry.student)
            draws = place is Place.STANDING and not hides_a_score
            if draws:
                write(plan.out / "reports", pages(report, plan.shown))
            book.keep(place, entry, report, way if draws else None)
            watcher.done(report)


def is_done(one: Handed, plan: Plan, judging: bytes, place: Place, book: Book) -> bool:
    """Whether an earlier run has judged just this. Only what has a score at all is read to find out."""
    if not book.has_score(place, one.identity):
        return False
    entry = book.named(place, entry_of(one, taken(one, plan), judging))
    if not book.holds(place, entry):
        return False
    book.confirm(place, entry)
    return True


def taken(one: Handed, plan: Plan) -> Submission:
    """What was handed in, read, with remarks on how it came. The original is kept. Raises CannotWrite."""
    names: list[str] = []

    def keep(files: dict[str, bytes]) -> None:
        name, content = original(files)
        names.append(name)
        if not (plan.out / ORIGINALS / name).exists():
            write(plan.out / ORIGINALS, {name: content})

    submission = read(one, plan.step, keep)
    if plan.kind != "box" and not submission.folder and not submission.reason:
        submission = replace(submission, files={}, reason=NOT_IN_PLACE)
    notes = (*one.story, *(f"what was handed in is kept as {ORIGINALS}/{name}" for name in names))
    return replace(submission, notes=(*notes, *submission.notes))


def entry_of(one: Handed, submission: Submission, judging: bytes) -> Entry:
    """The line of the gradebook for a submission that is judged by what has the fingerprint `judging`."""
    return Entry(
        student=one.identity,
        name=one.name or one.identity,
        members=one.members,
        handed_in=one.when,
        late=bool(one.late),
        submission=digest.of_submission(submission),
        judging=judging,
    )


def draw_all(out: Path, shown: frozenset[Visibility], book: Book) -> None:
    """Write the pages that are missing or out of date, and those of the class."""
    way = way_of_drawing(shown)
    for report in book.undrawn(
        way, lambda student: (out / "reports" / f"{file_name(student)}.json").exists()
    ):
        write(out / "reports", pages(report, shown))
        book.mark_drawn(report.submission, way)
    reports = Reports(out)
    write(out, class_pages(reports))


def pages(report: Report, shown: frozenset[Visibility]) -> dict[str, bytes]:
    """The files about one submission: the JSON holds everything, the others what the student may see."""
    name = file_name(report.submission)
    results = (
        replace(result, visibility=Visibility.VISIBLE) if result.visibility in shown else result
        for result in report.results
    )
    student = replace(report, results=tuple(results))
    return {
        f"{name}.json": json.dumps(report),
        f"{name}.txt": text.report_text(student).encode(),
        f"{name}.html": student_page(student, home="../index.html").encode(),
    }


def class_pages(reports: Reports) -> dict[str, Pieces]:
    """The files about the class. The page is large, and made while it is written."""
    page = class_page(reports, lambda submission: f"reports/{file_name(submission)}.html")
    contents: tuple[Pieces, ...] = (
        json.class_dumps(reports),
        text.class_text(reports).encode(),
        (piece.encode() for piece in page),
    )
    return dict(zip(CLASS_PAGES, contents, strict=True))


def way_of_drawing(shown: frozenset[Visibility]) -> bytes:
    """A fingerprint of what `pages` makes of a report."""
    return digest.of_drawing(" ".join(sorted(shown)))


def file_name(submission: str) -> str:
    """The name of a submission's files: its own, or as much of it as fits, with a fingerprint of the whole."""
    name = submission.encode()
    if len(name) <= LONGEST_NAME:
        return submission
    return f"{name[: LONGEST_NAME - 17].decode('utf-8', 'ignore')}-{sha256(name).hexdigest()[:16]}"


def sweep(out: Path) -> None:
    """Remove what a run that was killed has not finished writing."""
    for folder in (out, out / "reports", out / ORIGINALS):
        for path in folder.glob(UNFINISHED.format("*")):
            path.unlink(missing_ok=True)


def write(folder: Path, files: Mapping[str, Pieces]) -> None:
    """Make `folder` and write `files` into it, each whole or not at all. Raises CannotWrite."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_whole(folder / name, content)
    except OSError as error:
        raise CannotWrite(
            f"Cannot write the results to {folder}: {(error.strerror or str(error)).lower()}."
        ) from error
