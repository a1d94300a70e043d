"""The threads of a program, as /proc tells them: asleep or not, in which system call, until when. Linux only.

Everything here may find that the process has gone, or become another program, between two lines. What cannot be
read counts as busy: a proof needs facts.
"""

import os
import platform
import struct
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

_BUSY = "running"
_LOW = 0xFFFFFFFF

# What kind of limit a wait has.
_FOREVER, _ALWAYS_TIMED = "forever", "always timed"
_NULL, _NEGATIVE = "none if the argument is null", "none if the argument is a negative int"

# name: (number on x86-64, number on aarch64, index of the argument that limits the wait, kind of limit)
_CALLS: dict[str, tuple[int | None, int | None, int, str]] = {
    "read": (0, 63, 0, _FOREVER),
    "readv": (19, 65, 0, _FOREVER),
    "recvfrom": (45, 207, 0, _FOREVER),
    "recvmsg": (47, 212, 0, _FOREVER),
    "recvmmsg": (299, 243, 4, _NULL),
    "accept": (43, 202, 0, _FOREVER),
    "accept4": (288, 242, 0, _FOREVER),
    "connect": (42, 203, 0, _FOREVER),
    "write": (1, 64, 0, _FOREVER),
    "writev": (20, 66, 0, _FOREVER),
    "sendto": (44, 206, 0, _FOREVER),
    "sendmsg": (46, 211, 0, _FOREVER),
    "sendfile": (40, 71, 0, _FOREVER),
    "poll": (7, None, 2, _NEGATIVE),
    "ppoll": (271, 73, 2, _NULL),
    "select": (23, None, 4, _NULL),
    "pselect6": (270, 72, 4, _NULL),
    "epoll_wait": (232, None, 3, _NEGATIVE),
    "epoll_pwait": (281, 22, 3, _NEGATIVE),
    "epoll_pwait2": (441, 441, 3, _NULL),
    "futex": (202, 98, 3, _NULL),
    "wait4": (61, 260, 0, _FOREVER),
    "waitid": (247, 95, 0, _FOREVER),
    "pause": (34, None, 0, _FOREVER),
    "rt_sigtimedwait": (128, 137, 2, _NULL),
    "rt_sigsuspend": (130, 133, 0, _FOREVER),
    "flock": (73, 32, 0, _FOREVER),
    "fcntl": (72, 25, 0, _FOREVER),
    "nanosleep": (35, 101, 0, _ALWAYS_TIMED),
    "clock_nanosleep": (230, 115, 0, _ALWAYS_TIMED),
    "restart_syscall": (219, 128, 0, _ALWAYS_TIMED),
}
_ON_ONE_DESCRIPTOR = (
    *("read", "readv", "recvfrom", "recvmsg", "recvmmsg", "accept", "accept4"),
    *("connect", "write", "writev", "sendto", "sendmsg", "sendfile"),
)
_COLUMN = {"x86_64": 0, "aarch64": 1}.get(platform.machine())
_NAMES: dict[object, str] = {} if _COLUMN is None else {row[_COLUMN]: name for name, row in _CALLS.items()}


@dataclass(frozen=True, slots=True)
class Task:
    """One thread at one moment. Two equal ones prove that it did not run in between."""

    pid: int
    tid: int
    state: str  # as in proc(5): "R", "S", "D", "T", "Z"
    call: str  # the system call's name, "running", "zombie", or "" for one that we have no name for
    arguments: tuple[int, ...]
    switches: bytes  # how often it was taken off a CPU, by its own will and not
    siblings: int  # the threads of its process, itself included
    turns: bytes  # how often it was put on a CPU; this never stands still while it runs

    @property
    def busy(self) -> bool:
        """It runs, or is about to."""
        return self.call == _BUSY or self.state in "RD"

    @property
    def timed(self) -> bool:
        """It sleeps, and may wake although nothing happens."""
        if self.call == "zombie":
            return False
        if self.call not in _CALLS:
            return True  # nobody knows
        *_, index, limit = _CALLS[self.call]
        value = self.arguments[index]
        negative = value & 0x80000000
        return (
            limit == _ALWAYS_TIMED or (limit == _NULL and value != 0) or (limit == _NEGATIVE and not negative)
        )

    def descriptors(self) -> Sequence[int]:
        """The descriptors that it waits on. Raises OSError when it is gone."""
        if self.call in ("poll", "ppoll"):
            count = min(self.arguments[1] & _LOW, 1024)
            entries = _memory(self.pid, self.arguments[0], 8 * count)
            return [descriptor for descriptor, _ in struct.iter_unpack("=iI", entries)]
        if self.call in ("select", "pselect6"):
            return self._selected()
        if self.call.startswith("epoll"):
            lines = _read(f"/proc/{self.pid}/fdinfo/{self.arguments[0] & _LOW}").split(b"\n")
            return [int(line.split()[1]) for line in lines if line.startswith(b"tfd:")]
        return [self.arguments[0] & _LOW] if self.call in _ON_ONE_DESCRIPTOR else []

    def _selected(self) -> Sequence[int]:
        count = min(self.arguments[0] & _LOW, 1024)
        found: set[int] = set()
        for address in filter(None, self.arguments[1:4]):
            bits = int.from_bytes(_memory(self.pid, address, (count + 63) // 64 * 8), "little")
            found |= {number for number in range(count) if bits >> number & 1}
        return sorted(found)

    def sleep_left(self) -> float | None:
        """Seconds until it wakes by itself, where they can be told: time.sleep() names the moment."""
        if self.call != "clock_nanosleep" or not self.arguments[1] & 1:
            return None
        try:
            seconds, nanoseconds = struct.unpack("=qq", _memory(self.pid, self.arguments[2], 16))
            return float(seconds + nanoseconds / 1e9 - time.clock_gettime(self.arguments[0] & _LOW))
        except (OSError, struct.error):
            return None


def can_read_calls(pid: int) -> bool:
    """Whether this machine tells in which system call a process sleeps, and we know its name."""
    return _COLUMN is not None and os.access(f"/proc/{pid}/syscall", os.R_OK)


def descendants(pid: int) -> list[int]:
    """`pid` and every process below it that is there."""
    found = [pid]
    for parent in found:  # grows as we go
        found += children(parent)
    return found


def children(pid: int) -> list[int]:
    """The processes that `pid` has started, or adopted, and that it has not waited for."""
    found: list[int] = []
    for tid in _threads(pid):
        with suppress(OSError):
            found += map(int, _read(f"/proc/{pid}/task/{tid}/children").split())
    return found


def about_to_wake(found: Sequence[Task]) -> bool:
    """Whether a process of these has ended for which its parent waits: the kernel says so before it wakes it."""
    waiting = {task.pid for task in found if task.call in ("wait4", "waitid")}
    if not waiting:
        return False
    alive = {task.pid for task in found if task.call != "zombie"}
    return any(_parent(task.pid) in waiting for task in found if task.pid not in alive)


def environment(pid: int) -> Sequence[bytes]:
    """The environment with which a process was started; nothing when it is gone."""
    with suppress(OSError):
        return _read(f"/proc/{pid}/environ", 1 << 20).split(b"\0")
    return ()


def snapshot(pids: Sequence[int]) -> list[Task]:
    """Every thread of these processes. What has gone since it was listed was running a moment ago: it is busy."""
    return [task for pid in pids for task in _process(pid)]


def cpu_seconds(pids: Sequence[int]) -> float:
    """CPU time used so far by these processes and by those of their children that they have waited for."""
    return sum(map(_cpu_seconds, pids))


def inode(pid: int, descriptor: int) -> int:
    """The inode of the socket behind a descriptor; 0 when it is no socket. Raises OSError when it is gone."""
    target = os.readlink(f"/proc/{pid}/fd/{descriptor}")  # noqa: PTH115 - often called, and text is wanted
    return int(target[8:-1]) if target.startswith("socket:[") else 0


def inodes(pids: Sequence[int]) -> set[int]:
    """The inodes of all the sockets that these processes hold."""
    found: set[int] = set()
    for pid in pids:
        for descriptor in _names(f"/proc/{pid}/fd"):
            with suppress(OSError):  # one that is closed by now; the first is that of the list itself
                found.add(inode(pid, int(descriptor)))
    return found - {0}


def _threads(pid: int) -> list[str]:
    return _names(f"/proc/{pid}/task")


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - called all the time, and names are wanted
    except OSError:
        return []


def _process(pid: int) -> list[Task]:
    found = [_task(pid, tid) for tid in _threads(pid)]
    # The system ends its list early when a thread ends at that moment: those behind it must not be overlooked.
    if not found or len(found) != found[-1].siblings:
        found.append(_busy(pid, 0))
    return found


def _busy(pid: int, tid: int) -> Task:
    return Task(pid, tid, "R", _BUSY, (), b"", 0, b"")


def _task(pid: int, tid: str) -> Task:
    folder = f"/proc/{pid}/task/{tid}"
    try:
        turns = _turns(folder)
        status = _read(f"{folder}/status")
        state = chr(status[status.index(b"\nState:\t") + 8])
        switches = status[status.index(b"\nvoluntary_ctxt_switches:") :]
        siblings = int(status[status.index(b"\nThreads:\t") + 10 :].split(maxsplit=1)[0])
        call, arguments = ("zombie", ()) if state == "Z" else _call(folder)
        if _turns(folder) != turns:  # it ran while we read: what we have is of two different moments
            call, arguments = _BUSY, ()
    except (OSError, ValueError, IndexError):
        return _busy(pid, int(tid))
    return Task(pid, int(tid), state, call, arguments, switches, siblings, turns)


def _turns(folder: str) -> bytes:
    return _read(f"{folder}/schedstat").split()[2]


def _call(folder: str) -> tuple[str, tuple[int, ...]]:
    try:
        words = _read(f"{folder}/syscall").split()
    except PermissionError:  # it is exiting, or becoming another program, or hides itself
        return _BUSY, ()
    if len(words) < 7:  # b"running", or b"-1 SP PC": blocked outside a system call, as in a page fault
        return _BUSY, ()
    return _NAMES.get(int(words[0]), ""), tuple(int(word, 16) for word in words[1:7])


def _parent(pid: int) -> int:
    try:
        return int(_read(f"/proc/{pid}/stat").rpartition(b")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def _cpu_seconds(pid: int) -> float:
    try:
        own = time.clock_gettime(~pid << 3 | 2)  # the clock of another process: clock_getcpuclockid(3)
        ticks = _read(f"/proc/{pid}/stat").rpartition(b")")[2].split()[13:15]  # cutime, cstime
    except (OSError, ValueError):
        return 0.0
    return own + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _read(path: str, size: int = 16384) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, size)
    finally:
        os.close(descriptor)


def _memory(pid: int, address: int, size: int) -> bytes:
    descriptor = os.open(f"/proc/{pid}/mem", os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.pread(descriptor, size, address)
    finally:
        os.close(descriptor)
