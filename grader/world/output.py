"""What a program prints: one unlinked file for standard output and standard error together.

Never a pipe. A program that floods can not block on us, nobody has to drain it, the proof can not mistake a wait
for a reader for something else, and RLIMIT_FSIZE bounds it. All writers share one offset, so lines keep their order.
"""

import os
import sys
import tempfile
from typing import BinaryIO

from grader.outcome import printable

KEPT = 1 << 16  # bytes of each end that are still there after close()


class Output:
    """A growing file without a name. `limit` is where the system, or else the program's end, stops it, in bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._file: BinaryIO | None = _nameless()
        self._size: int | None = None  # where the program's own output ends, once it is frozen
        self._ends = (b"", b"")

    def fileno(self) -> int:
        """The descriptor to give to a program."""
        assert self._file is not None, "the output is closed"
        return self._file.fileno()

    def size(self) -> int:
        """Bytes printed so far."""
        if self._size is not None:
            return self._size
        return os.fstat(self.fileno()).st_size

    @property
    def overflowed(self) -> bool:
        """All that may be printed has been printed."""
        return self.size() >= self._limit

    def freeze(self) -> None:
        """What comes from here on is not the program's own words."""
        self._size = self.size()

    def read(self, start: int, size: int) -> bytes:
        """At most `size` bytes from `start`. It moves nobody's offset."""
        descriptor = self.fileno()
        if hasattr(os, "pread"):
            return os.pread(descriptor, size, start)
        with open(os.dup(descriptor), "rb") as file:  # noqa: PTH123 (a descriptor) - Windows: the program has ended
            file.seek(start)
            return file.read(size)

    def text(self, size: int, since: int = 0) -> str:
        """The last `size` bytes after offset `since`, safe to print; if it overflowed, half from its beginning."""
        total = self.size()
        if not self.overflowed or total <= size:
            return _safe(self._end(min(size, max(0, total - since))))
        half = size // 2
        left_out = total - 2 * half
        return f"{_safe(self._beginning(half))}\n[{left_out} bytes left out]\n{_safe(self._end(half))}"

    def close(self) -> None:
        """Lets go of the file and keeps its two ends."""
        if self._file is not None:
            self.freeze()
            self._ends = self._beginning(KEPT), self._end(KEPT)
            self._file.close()
            self._file = None

    def _beginning(self, size: int) -> bytes:
        return self._ends[0][:size] if self._file is None else self.read(0, min(size, self.size()))

    def _end(self, size: int) -> bytes:
        if self._file is None:
            return self._ends[1][-size:] if size else b""
        start = max(0, self.size() - size)
        return self.read(start, self.size() - start)


def _nameless() -> BinaryIO:
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("output"), "w+b", buffering=0)
    return tempfile.TemporaryFile(buffering=0)


def _safe(data: bytes) -> str:
    return printable(data.decode("utf-8", "backslashreplace"))
