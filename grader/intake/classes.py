"""A class: what an instructor downloaded, in whatever format, as a list of who handed in what."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from grader.intake.archives import Bounds, open_archive
from grader.intake.bounds import MOST_CLASS_ENTRIES, MOST_CLASS_RATIO, MOST_CLASS_UNPACKED, Unreadable
from grader.intake.folders import OnDisk
from grader.intake.formats import detect
from grader.intake.handed import Handed
from grader.intake.nodes import Kind, Node, Renamed, is_archive, one_line, why
from grader.intake.plain import NoSubmissions, stem
from grader.intake.roster import joined, read_roster
from grader.outcome import Refusal
from grader.steps import Step

OF_A_CLASS = Bounds(entries=MOST_CLASS_ENTRIES, unpacked=MOST_CLASS_UNPACKED, ratio=MOST_CLASS_RATIO)


class Collision(Refusal):
    """Two submissions claim one identity. The message names both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A class, ready to be read. Use it as a context manager: an archive stays open until all is read."""

    format: str  # what it was found to be: "a Canvas download"
    handed: tuple[Handed, ...]  # by identity
    others: tuple[str, ...]  # entries that are no submissions
    absent: tuple[str, ...] = ()  # who is in the roster and handed in nothing
    close: Callable[[], None] = lambda: None

    def __enter__(self) -> "Class":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_class(source: Path, step: Step, roster: Path | None = None) -> Class:
    """The class in `source`, a folder or an archive, with the names of `roster`.

    Raises NoSubmissions, Collision, BadRoster, and Refusal for what an LMS would never write.
    """
    with ExitStack() as stack:
        try:
            root, strays = opened(source, stack)
            format, root = detect(root, step, packed=not source.is_dir())
            export = format.read(root, step)
        except Unreadable as problem:
            raise NoSubmissions(f"Cannot read the submissions in {source}: {problem}.") from problem
        except OSError as error:
            raise NoSubmissions(f"Cannot read the submissions in {source}: {why(error)}.") from error
        if not export.handed:
            raise NoSubmissions(f"No submissions in {source}: {wanted(step)}.")
        check_distinct(export.handed)
        handed, absent = export.handed, list[str]()
        if roster is not None:
            handed, absent = joined(handed, read_roster(roster, format.keys))
            check_distinct(handed)  # once more: a roster knows who is in a team
        return Class(
            format=format.title,
            handed=tuple(sorted(handed, key=lambda one: one.identity)),
            others=(*export.others, *map(one_line, strays)),
            absent=tuple(absent),
            close=stack.pop_all().close,
        )


def opened(source: Path, stack: ExitStack) -> tuple[Node, tuple[str, ...]]:
    """The tree in `source`, and the paths that lead out of it. Raises NoSubmissions, Unreadable."""
    if source.is_dir():
        return Renamed(source.resolve().name, OnDisk(source, Kind.FOLDER)), ()
    if not source.exists():
        raise NoSubmissions(f"There is no folder or archive {source}.")
    if not is_archive(source.name):
        raise NoSubmissions(f"There is no folder {source}: it is a file, and no archive (zip, tar, tar.gz).")
    archive = open_archive(source.open("rb"), source.name, OF_A_CLASS)
    stack.callback(archive.close)
    return Renamed(stem(source.name), archive.root), archive.strays


def wanted(step: Step) -> str:
    """What a class without an LMS should be, as the end of a sentence."""
    one_file = f", or one {step.files[0]} each, called after the student" if len(step.files) == 1 else ""
    return f"it should hold one folder per student{one_file}"


def check_distinct(handed: Sequence[Handed]) -> None:
    """Raises Collision if an identity is there twice, for a file system that ignores case, or a member.

    A team may have a student's number: an identity and a member are two things, where the members are known.
    """
    seen: dict[tuple[str, str], Handed] = {}
    for one in handed:
        people = [member.id for member in one.members] or [one.identity]
        for claim in [("identity", one.identity.casefold()), *(("member", id.casefold()) for id in people)]:
            other, (_, id) = seen.setdefault(claim, one), claim
            if other is not one:
                raise Collision(
                    f"Two submissions claim to be {id}: {other.label} in {one_line(other.root.name)}, and "
                    f"{one.label} in {one_line(one.root.name)}. Nothing was graded."
                )
