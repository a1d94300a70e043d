"""A tree that lies on disk: read through descriptors that refuse to follow a link, so that what was looked at is
what is judged."""

import errno
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.intake.bounds import Unreadable
from grader.intake.nodes import Kind, Node, why
from grader.outcome import printable

FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A node of the file system."""

    path: Path
    kind: Kind

    @property
    def name(self) -> str:
        return self.path.name

    @classmethod
    def of(cls, path: Path) -> "OnDisk":
        """The node at `path`; a link is a link."""
        return cls(path, kind_of(path.lstat().st_mode))

    def children(self) -> Sequence[Node]:
        try:
            with os.scandir(self.path) as entries:
                return [OnDisk(Path(entry.path), kind_of_entry(entry)) for entry in entries]
        except OSError as error:
            raise Unreadable(f"the folder cannot be read: {why(error)}") from error

    def read(self, most: int) -> bytes:
        try:
            descriptor = os.open(self.path, FLAGS)
        except OSError as error:
            link = error.errno in (errno.ELOOP, errno.ENXIO)  # it has become a link, or a socket
            told = "is no file any more" if link else f"cannot be read: {why(error)}"
            raise Unreadable(f"{printable(self.name)} {told}") from error
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unreadable(f"{printable(self.name)} is no file any more")
            return file.read(most + 1)


def kind_of_entry(entry: os.DirEntry[str]) -> Kind:
    """The kind of what a folder lists, without asking the disk once more where the listing says it."""
    if entry.is_symlink():
        return Kind.LINK
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.FILE if entry.is_file(follow_symlinks=False) else Kind.OTHER


def kind_of(mode: int) -> Kind:
    """The kind of node that a mode means (st_mode of stat(2)). 0 is what archives write that know no modes: a file."""
    kinds = {stat.S_IFDIR: Kind.FOLDER, stat.S_IFREG: Kind.FILE, stat.S_IFLNK: Kind.LINK, 0: Kind.FILE}
    return kinds.get(stat.S_IFMT(mode), Kind.OTHER)


def place(node: Node) -> str:
    """The path of a node that is a folder on disk, else ""."""
    return str(node.path) if isinstance(node, OnDisk) and node.kind is not Kind.FILE else ""
