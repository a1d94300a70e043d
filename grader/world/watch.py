"""Waiting for a server, with a reason when the wait is in vain.

Where it can, a watch proves that nothing more will come (proof.py). It charges what it can not prove to budgets that
do not depend on how busy the machine is: CPU time, and time asleep. Where it can prove nothing, a clock decides.
"""

import select
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from grader.steps import Limits
from grader.world.listeners import listeners
from grader.world.network import Network
from grader.world.program import Program
from grader.world.proof import Look, State, look
from grader.world.terms import Listening, Reason, Waited

_IDLE_SECONDS = 0.05  # of CPU time, or asleep, that a server may take to come to rest
_IDLE_WALL_SECONDS = 1.0
_LONGEST_STEP = 0.02  # seconds between two looks
_QUESTION_SECONDS = 0.001
_SETTLE_SECONDS = 0.01  # the barrier of the clock: far more than loopback and a waiting recv() need


def _steps() -> Iterator[float]:
    """Seconds to wait between looks: short at first, since most answers come at once."""
    step = 0.0005
    while True:
        yield step
        step = min(step * 1.4, _LONGEST_STEP)


class Budget:
    """What may be used without progress."""

    def __init__(self, limits: Limits, cpu_seconds: float, sleep_seconds: float) -> None:
        self._limits = limits
        self._cpu_seconds = cpu_seconds
        self._sleep_seconds = sleep_seconds
        self._slept = 0.0
        self.restart()
        self.begin()

    def restart(self) -> None:
        """There was progress. Sleep counts on: a server that sleeps a little before each byte has to end too."""
        self._cpu_start: float | None = None  # the next look tells

    def begin(self) -> None:
        """A wait begins: only the caps of one wait start anew."""
        self._began = self._last = time.monotonic()

    def spent(self, seen: Look) -> Reason | None:
        """Why to wait no longer, after this look; None: go on."""
        now = time.monotonic()
        # A judge that was kept off the CPU for seconds has not seen the program sleep for seconds.
        passed = min(now - self._last, 2 * _LONGEST_STEP)
        self._last = now
        if self._cpu_start is None:
            self._cpu_start = seen.cpu_seconds
        if seen.state in (State.TIMED, State.MOVING):
            self._slept += passed
        waited = now - self._began
        sleeps = self._slept + (seen.left or 0.0)
        reasons = (
            (seen.state is State.ENDED, Reason.ENDED),
            (seen.state is State.WAITING, Reason.STUCK),
            (seen.cpu_seconds - self._cpu_start > self._cpu_seconds, Reason.SPINNING),
            (seen.state is State.TIMED and sleeps > self._sleep_seconds, Reason.ASLEEP),
            # What has been on its way for so long does not arrive.
            (seen.state is State.MOVING and sleeps > self._sleep_seconds, Reason.STUCK),
            (seen.state is State.UNSEEN and waited > self._limits.clock_seconds, Reason.CLOCK),
            (waited > self._limits.wall_seconds, Reason.CAP),
        )
        return next((reason for holds, reason in reasons if holds), None)


class Watch:
    """Waits for one program in one network, for the length of one check.

    The CPU budget counts from the last READY or settle(), the sleep budget over the whole life of the watch.
    """

    def __init__(self, program: Program, network: Network, limits: Limits, proof: bool) -> None:
        self._program = program
        self._network = network
        self._limits = limits
        self._proof = proof
        self._budget = Budget(limits, limits.cpu_seconds, limits.sleep_seconds)

    def listening(self) -> Listening:
        """Waits until the program listens where it should, without connecting to it.

        The system's table of sockets tells. Not ok: it has ended, it listens elsewhere and waits, or a budget is spent.
        """
        waited = self._until(self._begins_to_listen)
        if waited.reason is Reason.READY:
            return Listening(True)
        elsewhere = tuple(row.text() for row in listeners(self._program, self._network, self._proof))
        return Listening(False, elsewhere, waited.doing, alive=waited.reason is not Reason.ENDED)

    def ends(self) -> Waited:
        """Waits until the program has ended (ENDED), or it is known that it will not."""
        waited = self._until(self._program.pause)
        if waited.reason is Reason.READY:
            return Waited(Reason.ENDED, self._doing(self._look()))
        return waited

    def wait(self, sock: socket.socket, *, readable: bool = False, writable: bool = False) -> Waited:
        """Waits until `sock` is readable, or writable, as asked."""
        reading, writing = [sock] * readable, [sock] * writable
        return self._until(lambda seconds: any(select.select(reading, writing, [], seconds)))

    def settle(self, *, cpu_seconds: float | None = None, sleep_seconds: float | None = None) -> bool:
        """The barrier: returns when the program has taken all that was sent and waits again.

        False: it does not come to that. A bound that is given stands for the limit of the watch this once, and then
        nothing is charged to it. Where nothing can be proven this is a short pause, for which the client must have
        set TCP_NODELAY.
        """
        if not self._proof:
            return not self._program.pause(_SETTLE_SECONDS)
        budget = self._budget
        if cpu_seconds is not None or sleep_seconds is not None:
            cpu = self._limits.cpu_seconds if cpu_seconds is None else cpu_seconds
            sleep = self._limits.sleep_seconds if sleep_seconds is None else sleep_seconds
            budget = Budget(self._limits, cpu, sleep)
        settled = self._rest(
            budget, lambda seen: seen.taken(self._network.port), {State.WAITING, State.TIMED}
        )
        if settled:
            self._budget.restart()
        return settled

    def idle(self) -> bool:
        """Whether it is proven to be as when it first listened: no connection is left, and all threads wait.

        Gives it 50 ms of CPU time, or asleep, to come to rest. Always False where nothing can be proven.
        """
        if not self._proof:
            return False
        # No verdict hangs on it: a server that is not proven idle is replaced.
        soon = replace(self._limits, wall_seconds=_IDLE_WALL_SECONDS)
        return self._rest(
            Budget(soon, _IDLE_SECONDS, _IDLE_SECONDS),
            lambda seen: seen.alone(self._network.host, self._network.port),
            {State.WAITING},
        )

    def _begins_to_listen(self, seconds: float) -> bool:
        """Asks every millisecond: a look costs much more than this question, and every start waits for it."""
        until = time.monotonic() + seconds
        while True:
            rows = listeners(self._program, self._network, self._proof)
            if any(row.reached_at(self._network.host, self._network.port) for row in rows):
                return True
            left = until - time.monotonic()
            if left <= 0 or self._program.pause(min(left, _QUESTION_SECONDS)):
                return False

    def _until(self, happened: Callable[[float], bool]) -> Waited:
        """Waits for what `happened` says when it is given some seconds to wait for it."""
        self._budget.begin()
        for step in _steps():
            if happened(step):
                break
            seen = self._look()
            reason = self._budget.spent(seen)
            if reason and not happened(0):
                return Waited(reason, self._doing(seen))
            if reason:
                break
        self._budget.restart()
        return Waited(Reason.READY)

    def _rest(self, budget: Budget, fit: Callable[[Look], bool], resting: set[State]) -> bool:
        """Waits until a look finds it `resting` and `fit`; False when the budget is spent."""
        budget.begin()
        for step in _steps():
            seen = self._look()
            if seen.state in resting and fit(seen):
                return True
            if budget.spent(seen):
                return False
            self._program.pause(step)
        return False

    def _look(self) -> Look:
        if self._program.ended():
            return Look(State.ENDED)
        if not self._proof or self._network.table is None:
            return Look(State.UNSEEN)
        return look(self._program, self._network, self._network.table)

    def _doing(self, seen: Look) -> str:
        ending = self._program.ended()
        return f"it {ending.reason}" if ending else seen.doing()
