"""A worker: a process with a judge that has imported everything once, and forks a child per submission.

It opens one courtroom (grader/judge.py). Each child judges one job and sends its report back as bytes; nothing is
pickled. No one outlives the process above: workers and children ask the kernel to be killed with their parent, the
boxes ask the same of bubblewrap, and the worker's warden (grader/world/warden.py) ends whoever got away.
"""

import gc
import os
import select
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection

import msgspec

from grader.judge import Judge, JudgeFailed, broken, courtroom
from grader.outcome import Report
from grader.plugin.judging import Job
from grader.steps import Step

JUDGE_SECONDS = 300.0  # the cap on one submission: every wait inside has limits of its own
LOST = "the worker process ended in the middle of the job"

encode = msgspec.msgpack.Encoder().encode
decode_report = msgspec.msgpack.Decoder(Report).decode
_decode_job = msgspec.msgpack.Decoder(tuple[bytes, Job]).decode


@dataclass(slots=True)
class Worker:
    """A worker, as the process sees it that has started it."""

    pid: int  # its warden's
    connection: Connection
    end: Callable[[], None]  # ends the warden, and with it the worker and whatever it runs
    job: Job | None = None

    def close(self) -> None:
        """End it."""
        self.connection.close()
        self.end()


def packed(job: Job) -> bytes:
    """`job`, to be sent to a worker. Its folder travels as bytes: what Linux allows in a path need not be text."""
    bare = replace(job, submission=replace(job.submission, folder=""))
    return encode((os.fsencode(job.submission.folder), bare))


def unpacked(data: bytes) -> Job:
    """The job that was packed."""
    folder, job = _decode_job(data)
    return replace(job, submission=replace(job.submission, folder=os.fsdecode(folder)))


def guarded(driver: int, life: Callable[[], None]) -> None:
    """The life of a warden: `life`, a worker's for process `driver`, in a child process, and its end."""
    from grader.world.warden import ward  # Linux only

    os.setsid()  # Ctrl-C is for the driver, which ends us
    ward(life, driver)


def work(connection: Connection, step: Step, idle: float | None = None) -> None:
    """The life of a worker: judge what comes down the connection, until for `idle` seconds nothing does."""
    try:
        courtroom(step, lambda run: answer(connection, partial(judge_in_child, run), idle))
    except JudgeFailed:  # the court cannot sit: say so of every job, instead of dying of each
        trouble = traceback.format_exc()
        answer(connection, lambda job: encode(broken(job, trouble)), idle)


def answer(connection: Connection, report: Callable[[Job], bytes], idle: float | None) -> None:
    """Send back the encoded report on every job that comes down the connection, until nothing more comes."""
    gc.freeze()  # what is there stays: the collector need not look at it, nor a forked child copy it
    while connection.poll(idle):
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
                pipe.write(encode(judge_or_say_why(run, job)))
        finally:
            os._exit(0)
    os.close(writing)
    data = read_all(reading, time.monotonic() + JUDGE_SECONDS)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    try:
        return encode(decode_report(data))
    except msgspec.DecodeError:
        return encode(broken(job, f"the judge ended without a report (wait status {status})"))


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
