"""What grading must not leave behind on a machine: processes, files, mounts, listeners, descriptors."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.processes import no_process_left

BOX_USER = 61000  # who bubblewrap is when root grades (grader/world/box.py)
SCRATCH = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
LISTEN = "0A"  # the state, as /proc/net/tcp spells it


def mounts() -> str:
    """The mounts that this process sees."""
    return Path("/proc/self/mountinfo").read_text("utf-8")


def foreign_files() -> list[Path]:
    """What students' programs own in the folders where everybody may write. None, where the grader is not root:
    there they would own it as the grader's own user."""
    owned = []
    for path in (path for folder in SCRATCH for path in folder.iterdir()):
        try:
            owner = path.lstat().st_uid
        except FileNotFoundError:  # another process tidies up
            continue
        owned += [path] if owner == BOX_USER else []
    return owned


def foreign_listeners() -> list[str]:
    """The sockets on which a student's program listens in this process's own network."""
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]
    ]
    return [row[1] for row in rows if row[3] == LISTEN and int(row[7]) == BOX_USER]


def descriptors() -> list[str]:
    """What this process's descriptors are of, where it is a namespace, a pipe, a socket or a process."""
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(entry.readlink()).partition(":[")[0])
        except FileNotFoundError:  # the one that lists them
            continue
    return sorted(found)


def contents(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Every entry of a folder: its mode, when it was last changed, and its content's hash or its target."""
    table = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        state = path.lstat()
        inside = str(path.readlink()) if path.is_symlink() else ""
        if path.is_file() and not inside:
            inside = hashlib.sha256(path.read_bytes()).hexdigest()
        table[str(path.relative_to(folder))] = (state.st_mode, state.st_mtime_ns, inside)
    return table


@contextmanager
def nothing_left(temporary: Path) -> Iterator[None]:
    """Fails if what was done inside left anything behind. Temporary files go to the empty folder `temporary`."""
    kept, environment = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = str(temporary)
    before = mounts(), foreign_files(), foreign_listeners(), descriptors()
    try:
        with no_process_left():
            yield
    finally:
        tempfile.tempdir = kept
        os.environ.pop("TMPDIR")
        if environment is not None:
            os.environ["TMPDIR"] = environment
    assert (mounts(), foreign_files(), foreign_listeners(), descriptors()) == before
    assert not list(temporary.iterdir())
