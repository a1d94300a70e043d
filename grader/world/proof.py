"""Is a program provably waiting for us? Not a time-out: a proof. Linux only; measured at 0.1-0.3 ms a look.

A look passes over all threads of all processes of the program twice. It proves that nothing will happen until the
judge acts when

1. every thread sleeps in a system call that has no time limit (recv, accept, poll without a time-out, a lock …);
2. no byte, handshake or end of stream is on its way in the network, and
3. the second pass finds every thread in the same call, with the same arguments, and never put on a CPU since the
   first pass began to read about it. (To count how often it was taken off is not enough: a thread that is about to
   sleep again looks asleep, and has not been counted yet.)

The judge then looks once more whether what it waits for has come; only after that does it call the program stuck.
How busy the machine is plays no part in this.

A wait with a time limit on sockets that merely listen counts as one without: socketserver.serve_forever() wakes up
twice a second to see whether it was told to stop. Every other timed wait is charged to the sleep budget, and running
is charged to the CPU budget. `time.sleep(100)` is known at once, since the kernel tells until when.

What a look does not see. Before you write a check about time-outs, know that a program may still be woken by

* signal.alarm() and signal.setitimer(), and timerfd: no thread shows them;
* SO_RCVTIMEO and SO_SNDTIMEO, set by hand: the call looks like one without limit (socket.settimeout() is seen);
* the keep-alive timers of TCP;
* bytes that it leaves unread: with SO_RCVLOWAT, or an edge-triggered epoll, it sleeps on until more come.

A server that relies on one of these may be called stuck too early: for checks of idle time-outs wait by the clock.
A program that hides itself always counts as busy, and ends at the last cap: its own loss. (In a box the plain way
to do that, PR_SET_DUMPABLE, is refused: a judge that is not root would see nothing of it.)
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from grader.world import tasks
from grader.world.doing import describe
from grader.world.network import Network
from grader.world.program import Program
from grader.world.sockets import LISTEN, TIME_WAIT, Row, Table, in_flight
from grader.world.tasks import Task


class State(StrEnum):
    """What a look found."""

    BUSY = "busy"  # something runs
    MOVING = "moving"  # all sleep, and something is on its way
    TIMED = "timed"  # all sleep, some for a limited time
    WAITING = "waiting"  # proven: nothing will happen unless we act
    ENDED = "ended"
    UNSEEN = "unseen"  # nothing can be told here


@dataclass(frozen=True, slots=True)
class Look:
    """One look. `left`: the seconds that it is sure to sleep on, where that can be told."""

    state: State
    cpu_seconds: float = 0.0  # used so far
    left: float | None = None
    tasks: Sequence[Task] = ()
    rows: Sequence[Row] = field(default=())

    def doing(self) -> str:
        """What the program is doing, for students."""
        return describe(self.tasks, self.rows)

    def taken(self, port: int) -> bool:
        """Whether the program that listens on `port` has accepted and read everything that has come."""
        return not any(row.unread for row in self.rows if row.local[1] == port)

    def alone(self, host: str, port: int) -> bool:
        """Whether no connection is left, and a client of `host`, `port` would find a listening socket."""
        if not all(row.state in (LISTEN, TIME_WAIT) for row in self.rows):
            return False
        return any(row.reached_at(host, port) for row in self.rows)


def look(program: Program, network: Network, table: Table) -> Look:
    """Looks once at everything that belongs to `program`."""
    pids = program.pids()
    first = tasks.snapshot(pids)
    used = tasks.cpu_seconds(pids)
    gone = all(task.call == "zombie" for task in first)  # its end will be told in a moment
    if gone or any(task.busy for task in first) or tasks.about_to_wake(first):
        return Look(State.BUSY, used, tasks=first)
    rows = _rows(network, table, pids)
    timed = [task for task in first if task.timed and not _ticks(task, rows)]
    left = [task.sleep_left() for task in timed]
    judges = tasks.inodes([os.getpid()]) if any(row.held for row in rows) else ()
    moving = in_flight(rows, judges)
    if tasks.snapshot(program.pids()) != first:
        return Look(State.BUSY, used, tasks=first)
    if moving:
        return Look(State.MOVING, used, tasks=first, rows=rows)
    if not timed:
        return Look(State.WAITING, used, tasks=first, rows=rows)
    known = [seconds for seconds in left if seconds is not None]
    return Look(State.TIMED, used, min(known) if len(known) == len(left) else None, first, rows)


def _rows(network: Network, table: Table, pids: Sequence[int]) -> list[Row]:
    """The sockets that matter: all of a private network; on the machine's loopback the program's and our own."""
    rows = table.rows()
    if network.namespace is not None:
        return rows
    own = tasks.inodes(pids)
    return [row for row in rows if row.inode in own or network.port in (row.local[1], row.remote[1])]


def _ticks(task: Task, rows: Sequence[Row]) -> bool:
    """Whether it waits for nothing but clients, of which none is there."""
    listening = {row.inode for row in rows if row.state == LISTEN and not row.unread}
    try:
        waited = [tasks.inode(task.pid, descriptor) for descriptor in task.descriptors()]
    except (OSError, ValueError):
        return False
    return bool(waited) and listening.issuperset(waited)
