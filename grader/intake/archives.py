"""A tree that lies in a zip or a tar: a bounded walk over what the archive lists. Nothing is written to disk by name.

An archive is whatever its first bytes say, not its name. Links, devices and sparse files are listed as what they
are, and never followed or read. A path that leads out of the archive is no part of the tree: it is a stray.
"""

import bz2
import errno
import gzip
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from tempfile import TemporaryFile
from typing import IO, cast

from grader.intake.bounds import (
    DEEPEST,
    FREE_BYTES,
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_UNPACKED,
    Unreadable,
    megabytes,
)
from grader.intake.folders import kind_of
from grader.intake.nodes import Kind, Node, litter, one_spelling
from grader.outcome import printable

Reader = Callable[[int], bytes]
CHUNK = 1 << 20  # bytes
WHOLE = "cannot be opened: it is damaged, or no archive (zip, tar, tar.gz, tar.bz2, tar.xz)"
MEMBER = "cannot be unpacked: the archive is damaged, or packed in an unusual way"
OURS = {errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ESTALE}
DEEPEST_KEPT = (
    DEEPEST + 4
)  # parts of a path: a class is some folders deep, and what is deeper is too deep anyway


def nothing(_: int) -> bytes:
    """What is in a folder, or a link."""
    return b""


@dataclass(slots=True)
class Packed:
    """A node of an archive."""

    name: str
    kind: Kind
    reader: Reader = nothing
    below: dict[str, "Packed"] = field(default_factory=dict)

    def children(self) -> Sequence[Node]:
        return list(self.below.values())

    def read(self, most: int) -> bytes:
        with opening(self.name, MEMBER):
            return self.reader(most)


@dataclass(frozen=True, slots=True)
class Archive:
    """An open archive: its tree, and the paths in it that lead out of it. Close it when all is read."""

    root: Packed
    strays: tuple[str, ...]
    most_unpacked: int  # bytes that it may be worth, by its own size
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an archive may list and unpack to."""

    entries: int = MOST_ENTRIES
    unpacked: int = MOST_UNPACKED  # bytes of a tar
    ratio: int = MOST_RATIO


@contextmanager
def opening(name: str, trouble: str) -> Iterator[None]:
    """Turns whatever the archive's readers raise into Unreadable: `name` with its `trouble`.

    They are made for archives that programs wrote. Of one that a student bent they raise nearly anything:
    struct.error, zlib.error, IndexError, RecursionError, NotImplementedError and more. Only what is this machine's
    fault passes: no student must pay for a full disk.
    """
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in OURS:
            raise
        raise Unreadable(f"{printable(name)} {trouble}") from error


def open_archive(file: IO[bytes], name: str, bounds: Bounds = Bounds()) -> Archive:
    """The archive in `file`, which must be seekable, and is closed with it. Raises Unreadable."""
    with ExitStack() as stack, opening(name, WHOLE):
        stack.enter_context(file)
        size = file.seek(0, 2)
        file.seek(0)
        start = file.read(6)
        file.seek(0)
        most = max(FREE_BYTES, bounds.ratio * size)
        if start.startswith(b"PK"):
            members = zip_members(stack.enter_context(zipfile.ZipFile(file)))
        else:
            for magic, decompressor in COMPRESSIONS.items():
                if start.startswith(magic):
                    file = spooled(stack, decompressor(file), name, min(most + FREE_BYTES, bounds.unpacked))
            members = tar_members(stack.enter_context(tarfile.open(fileobj=file, mode="r:")))
        root, strays = planted(members, bounds.entries)
        return Archive(root, strays, most, stack.pop_all().close)
    raise AssertionError("`opening` never swallows an error")


COMPRESSIONS: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
    b"\x1f\x8b": lambda file: cast(IO[bytes], gzip.GzipFile(fileobj=file)),
    b"BZh": lambda file: cast(IO[bytes], bz2.BZ2File(file)),
    b"\xfd7zXZ\x00": lambda file: cast(IO[bytes], lzma.LZMAFile(file)),  # noqa: SIM115 - `file` is closed
}


def spooled(stack: ExitStack, compressed: IO[bytes], name: str, most: int) -> IO[bytes]:
    """The decompressed bytes, in a file without a name, so that they can be read in any order. Raises Unreadable."""
    plain = cast(IO[bytes], stack.enter_context(TemporaryFile()))  # noqa: SIM115 - the stack closes it
    size = 0
    while chunk := compressed.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise Unreadable(
                f"{printable(name)} unpacks to more than {megabytes(most)}, far more than its own size deserves"
            )
        plain.write(chunk)
    plain.seek(0)
    return plain


@dataclass(frozen=True, slots=True)
class Member:
    """What an archive lists: a path as it spells it, a kind, and how to read it."""

    path: str
    kind: Kind
    reader: Reader = nothing


def zip_members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """What a zip lists."""
    for info in archive.infolist():
        kind = Kind.FOLDER if info.is_dir() else kind_of(info.external_attr >> 16)
        yield Member(zip_name(info), kind, partial(read_zip, archive, info))


def zip_name(info: zipfile.ZipInfo) -> str:
    """The path of a member. A zip says if its names are UTF-8; macOS writes UTF-8 and does not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def read_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """What is in a member of a zip, up to `most` + 1 bytes."""
    if info.flag_bits & 0x1:
        raise Unreadable(f"{printable(info.filename)} is encrypted: hand in an archive without a password")
    with archive.open(info) as file:
        return file.read(most + 1)


def tar_members(archive: tarfile.TarFile) -> Iterator[Member]:
    """What a tar lists. A member of a negative size would lead back to itself (CVE-2025-8194)."""
    while info := archive.next():
        if info.size < 0:
            raise Unreadable("the archive is damaged")
        kind = Kind.OTHER if info.issparse() else KINDS.get(info.type, Kind.OTHER)
        yield Member(info.name, kind, partial(read_tar, archive, info))


KINDS = {
    tarfile.REGTYPE: Kind.FILE,
    tarfile.AREGTYPE: Kind.FILE,
    tarfile.CONTTYPE: Kind.FILE,
    tarfile.DIRTYPE: Kind.FOLDER,
    tarfile.SYMTYPE: Kind.LINK,
    tarfile.LNKTYPE: Kind.LINK,
}


def read_tar(archive: tarfile.TarFile, info: tarfile.TarInfo, most: int) -> bytes:
    """What is in a member of a tar, up to `most` + 1 bytes."""
    file = archive.extractfile(info)
    return b"" if file is None else file.read(most + 1)


def planted(members: Iterator[Member], most: int) -> tuple[Packed, tuple[str, ...]]:
    """The tree of `members`, and the paths that lead out of it. Raises Unreadable for more than `most` of them."""
    root = Packed("", Kind.FOLDER)
    strays: list[str] = []
    for number, member in enumerate(members):
        if number == most:
            raise Unreadable(
                f"the archive lists more than {most} files and folders: hand in only what you wrote"
            )
        parts = inside(member.path)
        if parts is None:
            strays.append(member.path)
        elif parts and not any(litter(part) for part in parts):
            plant(root, parts[:DEEPEST_KEPT], member)
    return root, tuple(strays)


def inside(path: str) -> list[str] | None:
    """The parts of a path, or None if it leads out of the archive. Old programs on Windows write backslashes."""
    path = path.replace("\\", "/")
    parts = [one_spelling(part) for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or re.match("[A-Za-z]:", path) or ".." in parts or "\0" in path:
        return None
    return parts


def plant(root: Packed, parts: list[str], member: Member) -> None:
    """Puts `member` where it belongs. What is named twice, in any spelling, becomes a node that cannot be read."""
    node = root
    for part in parts[:-1]:
        node = node.below.setdefault(part, Packed(part, Kind.FOLDER))
        if node.kind is not Kind.FOLDER:
            node.kind = Kind.TWICE
            return
    name = parts[-1]
    there = node.below.get(name)
    if there is None:
        node.below[name] = Packed(name, member.kind, member.reader)
    elif not there.kind is member.kind is Kind.FOLDER:
        there.kind = Kind.TWICE
