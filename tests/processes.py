"""Processes as /proc shows them: what a test starts and ends, finds, and looks for when it is over. Linux only."""

import ctypes
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

LONGEST = 30.0  # seconds: the bound on every wait here; a verdict never hangs on it
PR_SET_CHILD_SUBREAPER = 36

Found = TypeVar("Found")


def parents() -> dict[int, int]:
    """The parent of every process."""
    table = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):  # it has just ended
                table[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return table


def descendants(pid: int) -> set[int]:
    """All that descend from `pid`, which itself is not among them."""
    table = parents()
    found: set[int] = set()
    while more := {child for child, parent in table.items() if parent in found | {pid}} - found:
        found |= more
    return found


def command(pid: int) -> str:
    """The command line of a process; empty for one that has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    return ""


def wait_for(happened: Callable[[], Found], what: str) -> Found:
    """What `happened` returns once that is true. Fails after LONGEST."""
    until, pause = time.monotonic() + LONGEST, threading.Event()
    while time.monotonic() < until:
        if result := happened():
            return result
        pause.wait(0.002)  # nobody sets it: /proc can only be asked
    raise AssertionError(f"in {LONGEST:.0f} s there was not: {what}")


def serving(pid: int, begin: str) -> set[int]:
    """The descendants of `pid` that are to run a student's server and whose command line begins so."""
    commands = {child: command(child) for child in descendants(pid)}
    return {child for child, line in commands.items() if line.startswith(begin) and "server.py" in line}


def wait_until_ended(pids: Iterable[int]) -> None:
    """Returns when none of them runs any more. Fails after LONGEST."""
    with ExitStack() as stack:
        waiting = set()
        for pid in pids:
            with suppress(ProcessLookupError):
                waiting.add(os.pidfd_open(pid))
                stack.callback(os.close, max(waiting))
        until = time.monotonic() + LONGEST
        while waiting:
            ended = select.select(waiting, [], [], max(0.0, until - time.monotonic()))[0]
            assert ended, f"{len(waiting)} processes live on"
            waiting -= set(ended)


def reap(pids: Iterable[int]) -> None:
    """Takes leave of the orphans among `pids` that came to this process and have ended."""
    for pid in pids:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


@contextmanager
def no_process_left() -> Iterator[None]:
    """Fails if anything that was started inside lives on, however far it went: this process adopts the orphans."""
    libc = ctypes.CDLL(None)
    before = descendants(os.getpid())
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def all_gone() -> bool:
        left = descendants(os.getpid()) - before
        reap(left)
        return not left

    try:
        yield
        try:
            wait_for(all_gone, "an end of all processes")
        except AssertionError:
            left = descendants(os.getpid()) - before
            said = sorted(f"{pid}: {command(pid) or 'a zombie'}" for pid in left)
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            raise AssertionError(f"left running: {said}") from None
    finally:
        libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


@contextmanager
def busy_loops(count: int) -> Iterator[None]:
    """So many processes that compute without pause, ended whatever happens inside."""
    with ExitStack() as stack:
        for _ in range(count):
            loop = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            stack.callback(loop.wait)
            stack.callback(loop.kill)
        yield
