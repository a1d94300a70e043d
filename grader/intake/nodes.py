"""One tree for whatever holds files: a folder on disk, an archive, or an arrangement of ours.

A node knows its name and its kind. What is below a folder is listed when it is asked for, and what is in a file is
read when it is asked for, up to a bound: a class of any size is a tree that costs next to nothing.
"""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from grader.intake.bounds import (
    DEEPEST,
    LONGEST_NAME,
    LONGEST_PATH,
    MOST_ARCHIVE,
    MOST_BYTES,
    MOST_FILE,
    MOST_FILES,
    Unreadable,
    megabytes,
)
from grader.outcome import printable

LITTER = {"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini", "Icon\r"}  # and whatever begins with a dot
ARCHIVES = (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")
UNKNOWN_ARCHIVES = (".rar", ".7z", ".gz", ".bz2", ".xz", ".zst")


class Kind(Enum):
    """What a node is."""

    FOLDER = "a folder"
    FILE = "a file"
    LINK = "a link"
    OTHER = "a device or the like"
    TWICE = "two things of one name"


class Node(Protocol):
    """Something with a name. Names are str; bytes that are no text are surrogates in it, as os.fsdecode makes them."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> Kind: ...

    def children(self) -> Sequence["Node"]:
        """What is in the folder, by name, litter included; links are not followed. Raises Unreadable."""
        ...

    def read(self, most: int) -> bytes:
        """What is in the file, but never more than `most` + 1 bytes. Raises Unreadable."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that lies nowhere: nodes gathered under a name."""

    name: str
    nodes: tuple[Node, ...]
    kind: Kind = Kind.FOLDER

    def children(self) -> Sequence[Node]:
        return self.nodes

    def read(self, most: int) -> bytes:  # noqa: ARG002 - there is nothing to read
        raise Unreadable(f"{printable(self.name)} is a folder")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A node under another name."""

    name: str
    node: Node

    @property
    def kind(self) -> Kind:
        return self.node.kind

    def children(self) -> Sequence[Node]:
        return self.node.children()

    def read(self, most: int) -> bytes:
        return self.node.read(most)


def litter(name: str) -> bool:
    """Whether an entry is something that a machine left behind."""
    return name.startswith(".") or name in LITTER


def is_archive(name: str) -> bool:
    """Whether a file is called as archives are that we open."""
    return name.casefold().endswith(ARCHIVES)


def clean(node: Node) -> list[Node]:
    """The children of `node` that are not litter, by name. Raises Unreadable."""
    return sorted(
        (child for child in node.children() if not litter(child.name)), key=lambda child: child.name
    )


def walk(node: Node, depth: int = DEEPEST, inside: str = "") -> Iterator[tuple[str, Node]]:
    """The path inside `node` and the node of everything below it that is no folder. Raises Unreadable."""
    if not depth:
        raise Unreadable(f"folders are nested more than {DEEPEST} deep: hand in only what you wrote")
    for child in clean(node):
        path = f"{inside}{one_spelling(child.name)}"
        if child.kind is Kind.FOLDER:
            yield from walk(child, depth - 1, f"{path}/")
        else:
            yield path, child


def contents(root: Node, most_unpacked: int | None = None) -> dict[str, bytes]:
    """The regular files below `root`, by path, "/" between its parts. Raises Unreadable past a bound.

    `most_unpacked` bounds their bytes where `root` is an archive: then an archive in it is a file like any other.
    Elsewhere an archive may be larger than another file: it was handed in as one, and is yet to be opened.
    """
    files: dict[str, bytes] = {}
    count = 0
    left = {False: MOST_BYTES, True: MOST_ARCHIVE}  # bytes: of files, and of archives that were handed in
    for path, node in walk(root):
        if node.kind is Kind.TWICE:
            raise Unreadable(f"{printable(path)} is there twice: nobody could say which one counts")
        if node.kind is not Kind.FILE:
            continue
        count += 1
        if count > MOST_FILES:
            raise Unreadable(f"there are more than {MOST_FILES} files: hand in only what you wrote")
        packed = most_unpacked is None and is_archive(path)
        content = node.read(min(left[packed], MOST_ARCHIVE if packed else MOST_FILE))
        left[packed] -= len(content)
        check_size(path, len(content), left[packed], packed)
        if most_unpacked is not None and MOST_BYTES - left[False] > most_unpacked:
            raise Unreadable("the archive unpacks to far more than its own size, as only bombs do")
        key = checked(printable(path))
        if key in files:
            raise Unreadable(f"{key} is there twice: nobody could say which one counts")
        files[key] = content
    return distinct(files)


def check_size(path: str, size: int, left: int, packed: bool) -> None:
    """Raises Unreadable if a file, or all of them, hold too much: `left` is what was still allowed after it."""
    largest = MOST_ARCHIVE if packed else MOST_FILE
    if size > largest:
        raise Unreadable(
            f"{printable(path)} holds more than {megabytes(largest)}: hand in only what you wrote"
        )
    if left < 0:
        whole = megabytes(MOST_ARCHIVE if packed else MOST_BYTES)
        raise Unreadable(f"the files hold more than {whole}: hand in only what you wrote")


def checked(path: str) -> str:
    """`path`, if a file system takes it. Raises Unreadable."""
    if len(path.encode()) > LONGEST_PATH or any(
        len(part.encode()) > LONGEST_NAME for part in path.split("/")
    ):
        raise Unreadable(f"the name {path[:40]}… is too long")
    return path


def distinct(files: dict[str, bytes]) -> dict[str, bytes]:
    """`files`, if none of them is also a folder. Raises Unreadable."""
    for path in files:
        above = path
        while above := above.rpartition("/")[0]:
            if above in files:
                raise Unreadable(f"{above} is both a file and a folder")
    return files


def one_spelling(name: str) -> str:
    """`name` as Python would look for it: only macOS takes letters and their accents apart (NFD)."""
    return unicodedata.normalize("NFC", name)


def one_line(text: str) -> str:
    """`text` in one line that is safe to print. No two texts share one: the backslash is escaped as well."""
    return "".join(
        character
        if character.isprintable() and character != "\\"
        else character.encode("unicode_escape").decode("ascii")
        for character in one_spelling(text)
    )


def why(error: OSError) -> str:
    """The system's own words, in lower case."""
    return (error.strerror or os.strerror(error.errno or 0)).lower()
