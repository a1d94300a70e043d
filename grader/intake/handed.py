"""One submission of a class before it is read: whose it is, as the LMS says, and where its files are."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.intake import texts
from grader.intake.archives import open_archive
from grader.intake.bounds import Unreadable
from grader.intake.folders import OnDisk
from grader.intake.nodes import (
    UNKNOWN_ARCHIVES,
    Folder,
    Kind,
    Node,
    clean,
    contents,
    is_archive,
    one_line,
    one_spelling,
)
from grader.outcome import Member, Submission, printable, with_id
from grader.steps import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What somebody handed in. Everything about it is known but what is in the files."""

    identity: str  # from the LMS's ids, one of a kind in the class, in one line that is safe to print
    root: Node  # a folder, or one file: an archive or the step's only file
    name: str = ""  # for people: the LMS's, or the roster's
    members: tuple[Member, ...] = ()  # nobody, where the export does not say
    when: str = ""  # as the LMS writes it; "" if it does not say
    late: bool | None = None  # None if the LMS does not say
    attempt: int = 1
    remarks: tuple[str, ...] = ()  # for who grades
    reason: str = ""  # why there is nothing to read, for the student
    folder: str = ""  # the path of its folder, where it is one on disk

    @property
    def label(self) -> str:
        """Who, for people: the name, with the identity that their results are filed under."""
        return with_id(self.name, self.identity)

    @property
    def story(self) -> tuple[str, ...]:
        """How it came, for its report: a sentence without its full stop, or nothing."""
        facts = (
            f"by {self.name}" if self.name and self.name != self.identity else "",
            f"at {self.when}" if self.when else "",
            "late" if self.late else "",
            f"attempt {self.attempt}" if self.attempt > 1 else "",
        )
        known = ", ".join(filter(None, facts))
        return (f"handed in {known}",) if known else ()


def forget(files: dict[str, bytes]) -> None:
    """Keeps nothing."""


def read(handed: Handed, step: Step, keep: Callable[[dict[str, bytes]], object] = forget) -> Submission:
    """What was handed in, to be judged. Its `reason` says why it cannot be, if it cannot.

    Calls `keep` with the files as they were handed in, before any archive is opened, if they are within the bounds.
    """
    try:
        root, files, packed = taken_out(handed, step, keep)
        check_complete(files, step, root)
    except Unreadable as problem:
        return Submission(name=handed.identity, files={}, folder=handed.folder, reason=str(problem))
    notes = [f"{packed} was unpacked"] if packed else []
    folder = "" if packed else handed.folder
    return Submission(name=handed.identity, files=files, folder=folder, notes=(*notes, *texts.notes(files)))


def read_anyway(handed: Handed, step: Step) -> dict[str, bytes]:
    """The files that were handed in, whether they can be judged or not; none where they cannot be read."""
    try:
        return taken_out(handed, step)[1]
    except Unreadable:
        return {}


def taken_out(
    handed: Handed, step: Step, keep: Callable[[dict[str, bytes]], object] = forget
) -> tuple[Node, dict[str, bytes], str]:
    """The tree of a submission, the files in it, and the name of the archive that they were in, or "".

    Calls `keep` as `read` does. Raises Unreadable.
    """
    if handed.reason:
        raise Unreadable(handed.reason)
    root = gathered(handed.root)
    files = contents(root)
    if files:
        keep(files)
    packed = archive_in(files, step)
    if packed:
        root, files = unpacked(packed, files[packed])
        check_packed_once(packed, files, step)
    return root, files, packed


def read_folder(folder: Path, step: Step) -> Submission:
    """The submission that lies in `folder`, to be judged there: archives in it stay closed."""
    name, place = one_line(folder.name), str(folder)
    try:
        root = gathered(OnDisk.of(folder))
        files = contents(root)
        check_complete(files, step, root)
    except Unreadable as problem:
        return Submission(name=name, files={}, folder=place, reason=str(problem))
    return Submission(name=name, files=files, folder=place, notes=tuple(texts.notes(files)))


def gathered(root: Node) -> Node:
    """`root` as a folder. Raises Unreadable for a link."""
    if root.kind is Kind.LINK:
        raise Unreadable("the submission is a symbolic link: hand in the folder itself")
    return root if root.kind is Kind.FOLDER else Folder(root.name, (root,))


def check_complete(files: dict[str, bytes], step: Step, root: Node) -> None:
    """Raises Unreadable if a file of the step is missing, or in an encoding that Python cannot read."""
    for required in step.files:
        if required not in files:
            raise Unreadable(missing(required, files, root))
    if told := texts.unreadable(files, step.files):
        raise Unreadable(told)


def archive_in(files: dict[str, bytes], step: Step) -> str:
    """The name of the archive that the submission is, or "". Raises Unreadable where there are several."""
    if any(required in files for required in step.files):
        return ""
    archives = [path for path in files if is_archive(path)]
    if len(archives) > 1:
        raise Unreadable(f"there are {len(archives)} archives ({texts.listed(archives)}): hand in one")
    if not archives:
        for path in files:
            if path.casefold().endswith(UNKNOWN_ARCHIVES):
                raise Unreadable(f"{path} is an archive that is not opened here: hand in a zip, or the files")
    return archives[0] if archives else ""


def unpacked(name: str, data: bytes) -> tuple[Node, dict[str, bytes]]:
    """The tree of an archive that was handed in, and the files in it. Raises Unreadable.

    Where all of it is in one folder, that folder is the submission: it is how most people pack one.
    """
    archive = open_archive(io.BytesIO(data), name)
    try:
        if archive.strays:
            raise Unreadable(f"{name} names a path outside itself: {printable(archive.strays[0])[:80]}")
        root: Node = archive.root
        top = clean(root)
        if not top:
            raise Unreadable(f"{name} is empty")
        if len(top) == 1 and top[0].kind is Kind.FOLDER:
            root = top[0]
        return root, contents(root, archive.most_unpacked)
    finally:
        archive.close()


def check_packed_once(name: str, files: dict[str, bytes], step: Step) -> None:
    """Raises Unreadable if the archive called `name` holds one more archive instead of the step's files."""
    inner = next(filter(is_archive, files), "")
    if inner and not any(required in files for required in step.files):
        raise Unreadable(f"{name} holds another archive, {inner}: hand in the files themselves, packed once")


def missing(required: str, files: dict[str, bytes], root: Node) -> str:
    """Why there is no `required`: the nearest thing that was found is named."""
    for node in clean(root):
        if one_spelling(node.name) == required:
            return f"{required} is {node.kind.value}: hand in the file itself"
    close = [found for found in files if found.casefold().endswith(required.casefold())]
    if close:
        return f"{required} is missing (found: {close[0]})"
    found = ", ".join(sorted(files)[:3])
    return f"{required} is missing " + (f"(found: {found})" if found else "(the folder is empty)")
