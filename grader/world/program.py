"""A student's program while it runs, however it was started: its end, its output, the lines that it is at."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from grader.steps import Limits
from grader.world import tasks
from grader.world.output import Output
from grader.world.terms import Ending, Unavailable

_FRAME = re.compile(r'^  File "([^"]+)", line (\d+) in .+$')
_DUMP_SECONDS = 1.0  # to write where it is, which takes milliseconds; no verdict hangs on it
_DUMP_STEP = 0.02
_STOPPED = Ending(None, "was stopped by the grader")
_LINES = 8  # of the student's, at most


class Tree(Protocol):
    """All the processes of one program."""

    def pids(self) -> Sequence[int]:
        """Those that are there, the interpreter first."""

    def kill(self) -> None:
        """Ends them all. When it returns they are gone."""

    def status(self, code: int) -> int:
        """The exit status of the interpreter, or minus its signal, from that of the process that was started."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The submission's folder as the program sees it, and how to get the text of a file in it by its name there."""

    folder: str
    text: Callable[[str], str | None]

    def name(self, path: str) -> str:
        """A path as it is told to people: from the submission's folder, if it is in there."""
        return path.removeprefix(self.folder + os.sep)


class Program:
    """One program that was started."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        tree: Tree,
        output: Output,
        limits: Limits,
        sources: Sources,
    ) -> None:
        self._process = process
        self._tree = tree
        self._output = output
        self._limits = limits
        self._sources = sources
        self._ending: Ending | None = None
        self._closed = False

    def pids(self) -> Sequence[int]:
        """The processes that belong to it, the interpreter first; none where the system does not tell."""
        return () if self._closed else self._tree.pids()

    def ended(self) -> Ending | None:
        """How it ended; None while it runs. A program that has printed too much ends here."""
        if self._ending is None:
            self._ending = self._own_ending()
        return self._ending

    def pause(self, seconds: float) -> bool:
        """Waits until it has ended, at most so long; whether it has."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def printed(self) -> int:
        """How many bytes it has printed so far."""
        return self._output.size()

    def output(self, size: int = 4096, since: int = 0) -> str:
        """What it printed from offset `since` on, safe to print.

        Of more than `size` bytes the last ones; where it printed all that it may, half of them from the beginning.
        Paths are told from the submission's folder: "server.py".
        """
        return self._output.text(size, since).replace(self._sources.folder + os.sep, "")

    def where(self) -> tuple[str, ...]:
        """The student's lines at which its threads are, innermost last: "server.py:12  data = c.recv(4096)".

        This ends the program: it is made to say where it is (SIGABRT, faulthandler(3)). Empty when it has ended,
        on Windows, and when it says nothing that can be understood.
        """
        pids = self.pids()
        if sys.platform == "win32" or self.ended() or not pids:
            return ()
        self._output.freeze()
        self._ending = _STOPPED
        signal_process(pids[0], signal.SIGABRT)
        signal_process(pids[0], signal.SIGCONT)  # in case that it has stopped itself
        for _ in range(round(_DUMP_SECONDS / _DUMP_STEP)):
            threads = tasks.snapshot(pids[:1])
            if self.pause(_DUMP_STEP) or (threads and not any(task.busy for task in threads)):
                break  # it has said it; or it sleeps again, and will say nothing
        dump = self._output.read(self._output.size(), 1 << 16).decode("utf-8", "replace")
        self.close()
        return self._lines(dump)

    def interrupt(self) -> None:
        """What Ctrl-C does."""
        pids = self.pids()
        if self.ended() is None and pids:
            signal_process(pids[0], signal.SIGINT)

    def close(self) -> Ending:
        """Ends it with all its processes, if it has not ended. Nothing is left of it when this returns."""
        if not self._closed:
            with suppress(Unavailable):  # then it is nobody's ending that anyone will ask for
                self._ending = self._ending or self._own_ending()
            self._ending = self._ending or _STOPPED
            self._tree.kill()
            self._process.wait()
            self._output.close()
            self._closed = True
        return self._ending or _STOPPED

    def _own_ending(self) -> Ending | None:
        """Its end, if it has ended, or must because it has printed all that it may."""
        if self._output.overflowed:
            self._tree.kill()
            return Ending(None, f"printed more than {self._limits.output_bytes >> 20} MiB")
        code = self._process.poll()
        if code is None:
            return None
        status = self._tree.status(code)
        return Ending(status, _reason(status, self._limits))

    def _lines(self, dump: str) -> tuple[str, ...]:
        """The frames of the submission in a dump by faulthandler, which begins with the newest thread."""
        threads: list[list[str]] = []
        for line in dump.splitlines():
            if line.startswith(("Thread ", "Current thread ")):
                threads.append([])
            elif threads and (frame := _FRAME.match(line)):
                name, number = self._sources.name(frame[1]), int(frame[2])
                text = self._sources.text(name)
                if text is not None:
                    words = "".join(text.splitlines()[number - 1 : number]).strip()
                    threads[-1].append(f"{name}:{number}  {words}".rstrip())
        ordered = dict.fromkeys(tuple(reversed(frames)) for frames in reversed(threads) if frames)
        return tuple(line for frames in ordered for line in frames)[-_LINES:]


def signal_process(pid: int, number: signal.Signals) -> None:
    """Sends a signal to one process; on Windows, which has few, it ends the process. Gone is fine."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _reason(status: int, limits: Limits) -> str:
    if status >= 0:
        return f"ended with exit status {status}"
    name = signal.Signals(-status).name if -status in signal.valid_signals() else f"number {-status}"
    if name == "SIGXCPU":
        return f"was killed: it used more than {limits.life_cpu_seconds} s of CPU time"
    return f"was killed by signal {name}"
