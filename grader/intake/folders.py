"""Submissions as folders: one folder, or a folder with one folder per student.

A submission is read into memory, within bounds: regular files only, through descriptors that refuse to follow a
link, so that what was looked at is what is judged. Whatever is wrong with it becomes its `reason`, one sentence
for the student; only a class that cannot be read at all is an error.
"""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from grader.outcome import Refusal, Submission, printable
from grader.steps import Step

MOST_FILES = 200
MOST_BYTES = 4 << 20  # of all files together
DEEPEST = 8  # folders inside folders
LITTER = ("__pycache__", "__MACOSX")  # and whatever begins with a dot


class NoSubmissions(Refusal):
    """There is nothing to grade. The message says what was looked for, and where."""


class Unreadable(ValueError):
    """The submission cannot be judged. The message is the reason, for the student."""


def read_class(folder: Path) -> tuple[list[Path], list[str]]:
    """The submissions' folders in `folder`, by name, and the names of the entries that are none.

    A link is listed as a submission, so that its student is told. Raises NoSubmissions.
    """
    try:
        entries = sorted(entry for entry in folder.iterdir() if not litter(entry.name))
    except OSError as error:
        raise NoSubmissions(f"Cannot read the submissions in {folder}: {why(error)}.") from error
    submissions = [entry for entry in entries if entry.is_symlink() or entry.is_dir()]
    if not submissions:
        raise NoSubmissions(f"No submissions in {folder}: it should hold one folder per student.")
    return submissions, [entry.name for entry in entries if entry not in submissions]


def read_folder(folder: Path, step: Step) -> Submission:
    """The submission in `folder`. Its `reason` says why it cannot be judged, if it cannot."""
    name = name_of(folder)
    try:
        if folder.is_symlink():
            raise Unreadable("the submission is a symbolic link: hand in the folder itself")
        files = dict(read_files(folder))
        for required in step.files:
            if required not in files:
                raise Unreadable(missing(required, files, folder))
    except Unreadable as problem:
        return Submission(name=name, files={}, folder=str(folder), reason=str(problem))
    return Submission(name=name, files=files, folder=str(folder))


def name_of(folder: Path) -> str:
    """The submission's name: its folder's, in one line that is safe to print. No two folders share one."""
    return "".join(
        character
        if character.isprintable() and character != "\\"
        else character.encode("unicode_escape").decode("ascii")
        for character in folder.name
    )


def read_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The path inside `folder` and the content of each regular file. Raises Unreadable past a bound."""
    count = total = 0
    for path in walk(folder, DEEPEST):
        inside = path.relative_to(folder).as_posix()
        content = read_regular(path, inside, MOST_BYTES - total)
        if content is None:
            continue
        count, total = count + 1, total + len(content)
        if count > MOST_FILES:
            raise Unreadable(f"there are more than {MOST_FILES} files: hand in only what you wrote")
        yield printable(inside), content


def walk(folder: Path, depth: int) -> Iterator[Path]:
    """The entries below `folder` that are not folders, by name; links are not followed."""
    if not depth:
        raise Unreadable(f"folders are nested more than {DEEPEST} deep: hand in only what you wrote")
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise Unreadable(f"the folder cannot be read: {why(error)}") from error
    for entry in entries:
        if litter(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), depth - 1)
        else:
            yield Path(entry.path)


def read_regular(path: Path, inside: str, most: int) -> bytes | None:
    """The content of a regular file, or None for a link, a device and the like. Raises Unreadable."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # a link, a socket
            return None
        raise Unreadable(f"{printable(inside)} cannot be read: {why(error)}") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        content = file.read(most + 1)
    if len(content) > most:
        raise Unreadable(f"the files hold more than {MOST_BYTES >> 20} MiB: hand in only what you wrote")
    return content


def missing(required: str, files: dict[str, bytes], folder: Path) -> str:
    """Why there is no `required`: the nearest thing that was found is named."""
    if (folder / required).is_symlink():
        return f"{required} is a symbolic link: hand in the file itself"
    close = [found for found in files if found.casefold().endswith(required.casefold())]
    if close:
        return f"{required} is missing (found: {close[0]})"
    found = ", ".join(sorted(files)[:3])
    return f"{required} is missing " + (f"(found: {found})" if found else "(the folder is empty)")


def litter(name: str) -> bool:
    """Whether an entry is something that a machine left behind."""
    return name.startswith(".") or name in LITTER


def why(error: OSError) -> str:
    """The system's own words, in lower case."""
    return (error.strerror or str(error)).lower()
