"""The local engine: worker processes on this machine, each with a judge that has imported everything once.

A worker is forked from the driver, under a warden (warden.py). It opens one courtroom (grader/judge.py) and then
forks a child per submission, which judges it and sends its report back as bytes. Nothing is pickled. A child that
dies costs its job a second try; a worker that dies is replaced, and its job gets the second try. After that the
report is BROKEN.

No one outlives the process above. Workers and children ask the kernel to be killed with their parent, and the
boxes ask the same of bubblewrap; the warden ends whoever got away.
"""

import contextlib
import gc
import os
import select
import signal
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import cast

import msgspec

from grader.judge import Judge, JudgeFailed, broken, courtroom, not_gradable
from grader.outcome import Report, Status
from grader.plugin.judging import Job
from grader.steps import Step

TRIES = 2
JUDGE_SECONDS = 300.0  # the cap on one submission: every wait inside has limits of its own

_encode = msgspec.msgpack.Encoder().encode
_decode_job = msgspec.msgpack.Decoder(tuple[bytes, Job]).decode
_decode_report = msgspec.msgpack.Decoder(Report).decode


@dataclass(slots=True)
class Worker:
    """One worker, as the driver sees it."""

    process: BaseProcess  # its warden
    connection: Connection
    job: Job | None = None

    def close(self) -> None:
        """End the worker, and with it whatever it runs."""
        self.connection.close()
        self.process.terminate()
        self.process.join()


class Local:
    """Judges jobs of one step on `workers` processes. Use it as a context manager."""

    def __init__(self, step: Step, workers: int) -> None:
        self._step = step
        self._most = workers
        self._workers: list[Worker] = []

    def __enter__(self) -> "Local":
        return self

    def __exit__(self, *_: object) -> None:
        while self._workers:
            self._workers.pop().close()

    def run(self, jobs: Iterable[Job]) -> Iterator[Report]:
        """The report on every job, as they come. Takes a job from `jobs` only when a worker is free for it."""
        fresh = iter(jobs)
        again: deque[Job] = deque()
        tries: Counter[str] = Counter()
        while True:
            while self._has_room():
                job = again.popleft() if again else next(fresh, None)
                if job is None:
                    break
                if job.submission.reason:
                    yield not_gradable(job)
                else:
                    self._give(job)
            busy = {worker.connection: worker for worker in self._workers if worker.job is not None}
            if not busy:
                return
            for connection in wait(list(busy)):
                job, report = self._collect(busy[cast(Connection, connection)])
                tries[job.submission.name] += 1
                if report.status is Status.BROKEN and tries[job.submission.name] < TRIES:
                    again.append(job)
                else:
                    yield report

    def _has_room(self) -> bool:
        return len(self._workers) < self._most or any(worker.job is None for worker in self._workers)

    def _give(self, job: Job) -> None:
        """Give `job` to a free worker, or to a new one."""
        free = [worker for worker in self._workers if worker.job is None]
        worker = free[0] if free else self._hire()
        worker.job = job
        with contextlib.suppress(OSError):  # it died while it had nothing to do: collecting will tell
            worker.connection.send_bytes(packed(job))

    def _hire(self) -> Worker:
        context = get_context("fork")
        ours, theirs = context.Pipe()
        process = context.Process(target=guarded, args=(theirs, self._step, os.getpid()), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(Worker(process, ours))
        return self._workers[-1]

    def _collect(self, worker: Worker) -> tuple[Job, Report]:
        job, worker.job = worker.job, None
        assert job is not None
        try:
            return job, _decode_report(worker.connection.recv_bytes())
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.close()
            return job, broken(job, "the worker process ended in the middle of the job")


def packed(job: Job) -> bytes:
    """`job`, to be sent to a worker. Its folder travels as bytes: what Linux allows in a path need not be text."""
    bare = replace(job, submission=replace(job.submission, folder=""))
    return _encode((os.fsencode(job.submission.folder), bare))


def unpacked(data: bytes) -> Job:
    """The job that was packed."""
    folder, job = _decode_job(data)
    return replace(job, submission=replace(job.submission, folder=os.fsdecode(folder)))


def guarded(connection: Connection, step: Step, driver: int) -> None:
    """The life of a warden: a worker for process `driver`, which talks through `connection`, and its end."""
    from grader.world.warden import ward  # Linux only

    os.setsid()  # Ctrl-C is for the driver, which ends us
    ward(lambda: work(connection, step), driver)


def work(connection: Connection, step: Step) -> None:
    """The life of a worker: judge what comes down the connection."""
    try:
        courtroom(step, lambda run: answer(connection, partial(judge_in_child, run)))
    except JudgeFailed:  # the court cannot sit: say so of every job, instead of dying of each
        trouble = traceback.format_exc()
        answer(connection, lambda job: _encode(broken(job, trouble)))


def answer(connection: Connection, report: Callable[[Job], bytes]) -> None:
    """Send back the encoded report on every job that comes down the connection, until nothing more comes."""
    gc.freeze()  # what is there stays: the collector need not look at it, nor a forked child copy it
    while True:
        try:
            job = unpacked(connection.recv_bytes())
        except EOFError:
            return
        connection.send_bytes(report(job))


def judge_in_child(run: Judge, job: Job) -> bytes:
    """The encoded report on `job`, made in a forked child: no submission meets what another one left behind."""
    from grader.world.warden import die_with  # Linux only

    reading, writing = os.pipe()
    worker = os.getpid()
    child = os.fork()
    if not child:
        try:
            die_with(worker)
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(_encode(judge_or_say_why(run, job)))
        finally:
            os._exit(0)
    os.close(writing)
    data = read_all(reading, time.monotonic() + JUDGE_SECONDS)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    try:
        return _encode(_decode_report(data))
    except msgspec.DecodeError:
        return _encode(broken(job, f"the judge ended without a report (wait status {status})"))


def judge_or_say_why(run: Judge, job: Job) -> Report:
    """The report on `job`; a BROKEN one, with our traceback, if the judge fails."""
    try:
        return run(job)
    except Exception:
        return broken(job, traceback.format_exc())


def read_all(descriptor: int, deadline: float) -> bytes:
    """What is written to the pipe until its end, or until the deadline, on the monotonic clock."""
    data = bytearray()
    with os.fdopen(descriptor, "rb", buffering=0) as pipe:
        while select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
            chunk = pipe.read(1 << 16)
            if not chunk:
                break
            data += chunk
    return bytes(data)
