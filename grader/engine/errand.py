"""What of the grader runs in a worker of Dask: a pool of seats, each a worker of ours in a process of its own
(standalone.py).

The driver registers a `Bench`. Where one is set up it tries whether the machine is fit, and only then offers Dask the
resource that jobs ask for: no job ever comes to a worker without a sandbox, or with another version of the course.
Jobs come and reports go as bytes.

Dask unpickles a Bench and `judge` by their names, so whoever runs a scheduler or a worker needs this course.
"""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import SimpleQueue

from distributed import Worker, WorkerPlugin, get_worker
from distributed.versions import get_versions

from grader.engine import worker as workers
from grader.judge import broken
from grader.steps import ROOT

TOPIC = "grader"  # of the events in which a machine says that it is unfit
IDLE = 600.0  # seconds without a job, after which a seat's process ends: the next job starts it again
SPEAK = ("python", "dask", "distributed", "cloudpickle", "msgpack", "tornado")
LOST = (EOFError, OSError)


def judge(bench: str, data: bytes) -> bytes:
    """The encoded report on the job that is packed in `data`: judged at a seat of that bench, here."""
    found = get_worker().plugins[bench]
    assert isinstance(found, Bench)
    return found.judge(data)


def versions() -> dict[str, str]:
    """The versions here of what must be the same everywhere, by name."""
    packages = get_versions()["packages"]
    return {name: str(packages[name]) for name in SPEAK}


@dataclass
class Bench(WorkerPlugin):
    """The seats of one worker of Dask, as many as it has threads, for one step in one version of the course."""

    step: str  # the slug
    fingerprint: bytes

    idempotent = True  # two drivers that want the same bench share it

    @property
    def name(self) -> str:
        """What the bench is called, and the resource that it offers."""
        return f"{self.step} {self.fingerprint.hex()[:16]}"

    async def setup(self, worker: Worker) -> None:
        """Take one seat to see whether the machine is fit, and if it is, offer them all."""
        seats = [Seat(self.step, self.fingerprint) for _ in range(worker.state.nthreads)]
        self._free = SimpleQueue[Seat]()
        for seat in seats:
            self._free.put(seat)
        if why := await asyncio.to_thread(seats[0].take, trial=True):
            worker.log_event(TOPIC, {"bench": self.name, "worker": worker.contact_address, "why": why})
        else:
            await worker.set_resources(**{self.name: len(seats)})

    async def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - Dask's signature
        """Leave the seats."""
        while not self._free.empty():
            self._free.get().leave()

    def judge(self, data: bytes) -> bytes:
        """The encoded report on the packed job. Dask never asks for more at a time than there are seats."""
        seat = self._free.get()
        try:
            return seat.judge(data)
        finally:
            self._free.put(seat)


class Seat:
    """A process that judges one job after the other."""

    def __init__(self, step: str, fingerprint: bytes) -> None:
        self._step = step
        self._fingerprint = fingerprint
        self._worker: workers.Worker | None = None

    def take(self, *, trial: bool = False) -> str:
        """Start the process, with a `trial` of the sandbox or without. Returns why it is not fit, or nothing."""
        self.leave()
        self._worker = started(self._step, self._fingerprint, trial=trial)
        try:
            why = self._worker.connection.recv_bytes().decode()
        except LOST:
            why = "the process that is to judge did not start: the worker's log says why"
        if why:
            self.leave()
        return why

    def judge(self, data: bytes) -> bytes:
        """The encoded report on the packed job; a BROKEN one, if the process is lost over it."""
        gone = (
            self._worker is None or self._worker.connection.poll()
        )  # it says nothing unasked, but for its end
        why = self.take() if gone else ""
        if self._worker:
            with contextlib.suppress(*LOST):
                self._worker.connection.send_bytes(data)
                return self._worker.connection.recv_bytes()
        self.leave()
        return workers.encode(broken(workers.unpacked(data), why or workers.LOST))

    def leave(self) -> None:
        """End the process, and whatever it runs."""
        if self._worker:
            self._worker.close()
        self._worker = None


def started(step: str, fingerprint: bytes, *, trial: bool) -> workers.Worker:
    """A worker of ours for the step with that slug, in a new process that ends with this one."""
    ours, theirs = socket.socketpair()
    with theirs:
        words = [str(theirs.fileno()), str(os.getpid()), str(IDLE), step, fingerprint.hex()]
        words += ["--trial"] if trial else []
        process = subprocess.Popen(
            [sys.executable, "-m", "grader.engine.standalone", *words],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )

    def end() -> None:
        process.terminate()
        process.wait()

    return workers.Worker(process.pid, Connection(ours.detach()), end)
