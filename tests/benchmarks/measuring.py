"""What a run costs: the seconds, the processor's time, the memory of the largest process."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

WORKERS = (os.cpu_count() or 1) + 1


@dataclass(frozen=True, slots=True)
class Cost:
    """What one submission cost, on average."""

    name: str
    wall: float  # seconds
    cpu: float  # seconds
    peak: int  # kilobytes, of our largest process

    def line(self, floor: "Cost") -> str:
        return (
            f"{self.name:44} {self.wall * 1000:8.1f} {self.cpu * 1000:8.1f} {1 / self.wall:8.1f} "
            f"{self.peak / 1024:8.0f} {self.wall / floor.wall:8.2f} {self.cpu / floor.cpu:8.2f}"
        )


@dataclass(frozen=True, slots=True)
class Account:
    """Where the processor's time is counted: of all processes in a control group, whoever ends them and however deep
    in namespaces they are; or else, without one, of the whole machine, and then let nothing else run meanwhile.
    """

    group: Path | None

    @property
    def door(self) -> str:
        """The file into which a process writes "0" to be counted, and its children with it."""
        return str(self.group / "cgroup.procs") if self.group else os.devnull

    def seconds(self) -> float:
        """What has been used by now, by those who are counted."""
        if self.group is None:
            return busy_seconds()
        return int((self.group / "cpu.stat").read_text().split()[1]) / 1e6


@contextmanager
def account() -> Iterator[Account]:
    """A control group for one run (version 2, which counts for whoever may make one); else the machine."""
    group = None
    with suppress(OSError, StopIteration):
        mounts = (line.split() for line in Path("/proc/mounts").read_text().splitlines())
        root = next(Path(place) for _, place, kind, *_ in mounts if kind == "cgroup2")
        own = next(one for one in Path("/proc/self/cgroup").read_text().splitlines() if one.startswith("0::"))
        made = root / own.removeprefix("0::").strip("/") / f"bench-{os.getpid()}"
        made.mkdir()
        group = made
    try:
        yield Account(group)
    finally:
        if group:
            with suppress(OSError):  # whoever is still in it, after a Ctrl-C
                group.rmdir()


def busy_seconds() -> float:
    """The processor's time that this machine has used since it was started."""
    user, nice, system, _, _, interrupts, soft = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")


def measure(name: str, count: int, run: Callable[[], object]) -> Cost:
    """The cost of `run`, which does `count` submissions, in a process of its own."""
    with account() as processor:
        began, before = time.perf_counter(), processor.seconds()
        child = os.fork()
        if not child:
            try:
                Path(processor.door).write_text("0")
                run()
            except BaseException as error:  # whatever it was, the parent must see that it failed
                print(f"bench: {error!r}", file=sys.stderr)
                os._exit(1)
            os._exit(0)
        _, status, usage = os.wait4(child, 0)
        wall, used = time.perf_counter() - began, processor.seconds() - before
    if status:
        sys.exit(f"bench: {name} failed")
    return Cost(name, wall / count, used / count, usage.ru_maxrss)
