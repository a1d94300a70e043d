"""Files that are written whole or not at all: under another name first, and then renamed.

Whoever looks meanwhile finds what was there before; so does whoever looks after a full disk or a `kill -9`, which may
leave the unfinished file beside it.
"""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

Pieces: TypeAlias = bytes | Iterator[bytes]  # what is to be in a file
UNFINISHED = ".{}.unfinished"  # the name of a file while it is written
LONGEST = (
    40  # characters of the file's own name in that: with all else it stays below what a file system takes
)
OWN_OUTPUT = (1, 2)  # descriptors


def write_whole(path: Path, content: Pieces) -> None:
    """Write the file at `path`, in a folder that is there. Raises OSError; then nothing has changed.

    One that was there keeps its mode.
    """
    unfinished = path.with_name(UNFINISHED.format(f"{path.name[:LONGEST]}.{os.getpid()}"))
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
        if mode is not None:
            unfinished.touch(stat.S_IRUSR | stat.S_IWUSR)  # nobody reads it while it has not the other's mode
        fill(unfinished, content)
        if mode is not None:
            unfinished.chmod(mode)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def fill(path: Path, content: Pieces) -> None:
    """Write the file, piece by piece where it comes in pieces."""
    if isinstance(content, bytes):
        path.write_bytes(content)
        return
    with path.open("wb") as file:
        file.writelines(content)


def write_output(path: Path, content: bytes) -> None:
    """Write what a command was told to write to `path`: whole, where that is a file. Raises OSError.

    Of a link the file that it leads to is written. A pipe, a terminal or /dev/null gets the content as it comes. So
    does what this process prints to (/dev/stdout), even where that is a file, behind all that has been printed:
    whoever redirects it looks into that very file.
    """
    there = path.stat() if path.exists() else None
    descriptor = own_output(there) if there else None
    if descriptor is not None:
        sys.stdout.flush()
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(content)
    elif there is None:
        write_whole(path.resolve(), content)
    elif stat.S_ISREG(there.st_mode):
        path.open("ab").close()  # may it be written? Who renames another into its place is not asked
        write_whole(path.resolve(), content)
    else:
        with path.open("wb") as file:
            file.write(content)


def own_output(there: os.stat_result) -> int | None:
    """The descriptor of this process's output that leads to the same file, if one does."""
    for descriptor in OWN_OUTPUT:
        with suppress(OSError):  # it is closed
            if os.path.samestat(there, os.fstat(descriptor)):
                return descriptor
    return None
