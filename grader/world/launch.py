"""A plain process: a student's program as the student runs it, with its whole tree ended afterwards.

On Linux the judge becomes the parent of whatever the program leaves behind (PR_SET_CHILD_SUBREAPER), so a daemon is
found however it was started: it carries a mark in its environment. On macOS the process group is killed; what leaves
the group lives on. On Windows taskkill walks the tree.
"""

import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.steps import Limits
from grader.world import interpreter, tasks
from grader.world.limits import limits_of_a_process
from grader.world.output import Output
from grader.world.program import Program, Sources

_MARK = "GRADER_PROGRAM"


class Launcher:
    """Starts programs in `folder`, in place, as the user who asks."""

    def __init__(self, limits: Limits, folder: Path, modules: str) -> None:
        self._limits = limits
        self._environment = interpreter.environment(os.environ, modules)
        self._folder = folder.resolve()
        self._prefix: tuple[str, ...] = ()
        if sys.platform == "linux":
            from grader.world import namespaces  # Linux only

            namespaces.adopt_orphans()
            # Both come with util-linux. The program shall not outlive a judge that is killed.
            setpriv, prlimit = shutil.which("setpriv"), shutil.which("prlimit")
            if setpriv and prlimit:
                self._prefix = (setpriv, "--pdeathsig", "KILL", "--", prlimit, *limits_of_a_process(limits))

    def start(self, arguments: Sequence[str]) -> Program:
        """Runs `python *arguments`, in this thread's network namespace."""
        output = Output(self._limits.output_bytes)
        mark = secrets.token_hex(8)
        process = subprocess.Popen(
            [*self._prefix, *interpreter.base().command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output.fileno(),
            stderr=output.fileno(),
            cwd=self._folder,
            env={**self._environment, _MARK: mark},
            start_new_session=True,
        )
        tree = _Family(process, mark) if sys.platform == "linux" else _Group(process)
        return Program(process, tree, output, self._limits, Sources(str(self._folder), self._text))

    def _text(self, name: str) -> str | None:
        file = self._folder / name
        if not file.is_relative_to(self._folder):
            return None
        with suppress(OSError):
            return file.read_text("utf-8", "replace")
        return None


@dataclass(slots=True)
class _Family:
    """Linux: the process, its descendants, and those who left it and carry its mark."""

    process: subprocess.Popen[bytes]
    mark: str

    def pids(self) -> Sequence[int]:
        own = [] if self.process.returncode is not None else tasks.descendants(self.process.pid)
        return own + [pid for stray in self._strays() for pid in tasks.descendants(stray)]

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            # At one stroke: it may be starting others all the time.
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while strays := self._strays():  # the death of one may bring its children
            for pid in strays:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)

    def status(self, code: int) -> int:
        return code

    def _strays(self) -> list[int]:
        mark = f"{_MARK}={self.mark}".encode()
        children = [pid for pid in tasks.children(os.getpid()) if pid != self.process.pid]
        return [
            pid for pid in children if os.getsid(pid) == self.process.pid or mark in tasks.environment(pid)
        ]


@dataclass(slots=True)
class _Group:
    """macOS and Windows: nobody tells the processes; the system's own means end them."""

    process: subprocess.Popen[bytes]

    def pids(self) -> Sequence[int]:
        return [] if self.process.returncode is not None else [self.process.pid]

    def kill(self) -> None:
        if sys.platform == "win32":
            command = ["taskkill", "/F", "/T", "/PID", str(self.process.pid)]
            subprocess.run(command, capture_output=True, check=False)
        else:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()

    def status(self, code: int) -> int:
        return code
