"""The local engine: worker processes on this machine.

A worker (worker.py) is forked from the driver, under a warden. A child of it that dies costs its job a second try; a
worker that dies is replaced, and its job gets the second try.
"""

import contextlib
import os
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import cast

from grader.engine.engine import Engine, Making
from grader.engine.worker import LOST, Worker, decode_report, guarded, packed, work
from grader.judge import broken
from grader.outcome import Report
from grader.plugin.judging import Job
from grader.steps import Step


def here(step: Step, workers: int) -> Making:
    """What makes a local engine. It has nothing to say of itself."""
    return lambda _: Local(step, workers)


class Local(Engine):
    """Judges jobs of one step on `workers` processes."""

    def __init__(self, step: Step, workers: int) -> None:
        super().__init__()
        self._step = step
        self._most = workers
        self._workers: list[Worker] = []

    def close(self) -> None:
        """End the workers."""
        while self._workers:
            self._workers.pop().close()

    def has_room(self) -> bool:
        """Whether a worker is free, or may be hired."""
        return len(self._workers) < self._most or any(worker.job is None for worker in self._workers)

    def give(self, job: Job) -> None:
        """Give `job` to a free worker, or to a new one."""
        free = [worker for worker in self._workers if worker.job is None]
        worker = free[0] if free else self._hire()
        worker.job = job
        with contextlib.suppress(OSError):  # it died while it had nothing to do: collecting will tell
            worker.connection.send_bytes(packed(job))

    def collect(self) -> list[tuple[Job, Report]]:
        """The jobs of the workers that have answered, or died."""
        busy = {worker.connection: worker for worker in self._workers if worker.job is not None}
        return [self._report_of(busy[cast(Connection, ready)]) for ready in wait(list(busy))] if busy else []

    def _hire(self) -> Worker:
        context = get_context("fork")
        ours, theirs = context.Pipe()
        life = partial(work, theirs, self._step)
        process = context.Process(target=guarded, args=(os.getpid(), life), daemon=True)
        process.start()
        theirs.close()

        def end() -> None:
            process.terminate()
            process.join()

        assert process.pid is not None
        self._workers.append(Worker(process.pid, ours, end))
        return self._workers[-1]

    def _report_of(self, worker: Worker) -> tuple[Job, Report]:
        job, worker.job = worker.job, None
        assert job is not None
        try:
            return job, decode_report(worker.connection.recv_bytes())
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.close()
            return job, broken(job, LOST)
