"""The engine on many machines: Dask takes jobs to its workers, and to another one where a worker is lost.

What is not left to Dask, and why:

* Everybody has a certificate, or nobody answers: the scheduler unpickles what it is sent (certificates.py).
* A worker judges only when it has shown that it is fit (errand.py). Who is not is named, and gets nothing.
* Few jobs are under way, so that a class of any size fits into memory, here and there.
* When the scheduler is gone, so is all that it knew. The jobs that were under way are given again to whoever answers
  at its address; if nobody does for PATIENCE seconds, the run ends, and the same command goes on from the gradebook.
* A run that ends takes its waiting jobs back. Those that are judged come to their end by themselves: a judge has its
  limits.

A job on which more workers were lost than Dask allows (its `allowed-failures`, 3) is BROKEN, and not tried again.
"""

import contextlib
import logging
import re
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import cast

import dask
from dask.typing import Key
from distributed import Client, Future, Security
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from grader.engine import errand, standalone, worker
from grader.engine.certificates import AUTHORITY, PARTS
from grader.engine.engine import TRIES, Engine, Making, Say
from grader.judge import broken
from grader.outcome import Refusal, Report, printable
from grader.plugin.judging import Job
from grader.steps import Step

ADDRESS = re.compile(r"tls://(\[[0-9a-fA-F:.]+\]|[^/:\s]+):\d{1,5}")
PATIENCE = 60.0  # seconds without a scheduler, or without a worker that is fit, after which a run ends
ANSWER = 5.0  # seconds in which a scheduler that is there answers
LOOK = 0.5  # seconds between two looks at who is there
GONE = (OSError, TimeoutError, FutureCancelledError)  # what Dask raises when its scheduler is
SURPLUS = 4  # one more job is under way for so many seats, so that none has to wait for the next
SPEAK = (
    "python",
    "dask",
    "distributed",
    "cloudpickle",
    "msgpack",
    "tornado",
)  # what must be the same everywhere
QUIET = {"distributed.admin.large-graph-warning-threshold": "1GiB"}  # a submission has a few MiB at most


def elsewhere(step: Step, scheduler: str, certificates: Path) -> Making:
    """What makes an engine of the cluster whose scheduler has that address. Raises Refusal."""
    if not ADDRESS.fullmatch(scheduler):
        raise Refusal(
            f"{printable(scheduler)} is no address of a scheduler that speaks TLS: write tls://HOST:PORT. "
            "Without TLS anybody could have its machines run anything, so it is refused."
        )
    for path in (certificates / AUTHORITY, certificates / "client.pem"):
        if not path.is_file():
            raise Refusal(
                f"There is no {path}: `python -m grader cluster-certificates DIR` makes certificates, and "
                "--certificates names their folder."
            )
    return lambda say: Cluster(step, scheduler, security(certificates), say)


def security(certificates: Path) -> Security:
    """What Dask wants to know of the certificates in a folder, whatever part it plays."""
    own = {f"tls_{part}": str(certificates / f"{part}.pem") for part in PARTS}
    files = {f"{name}_{what}": path for name, path in own.items() for what in ("cert", "key")}
    return Security(require_encryption=True, tls_ca_file=str(certificates / AUTHORITY), **files)


class Cluster(Engine):
    """Judges jobs of one step on the workers of a cluster, as many at a time as they have threads."""

    def __init__(self, step: Step, address: str, security: Security, say: Say) -> None:
        super().__init__()
        self._address = address
        self._security = security
        self._say = say
        self._bench = errand.Bench(step.slug, standalone.fingerprint(step))
        self._client: Client | None = None
        self._running: dict[Key, tuple[Job, Future[bytes]]] = {}  # by the future's key
        self._finished = SimpleQueue[Future[bytes]]()
        self._fit: dict[str, int] = {}  # seats, by the id of each worker that offers some
        self._left_out: dict[str, str] = {}  # why, by the worker's address
        self._trouble = self._said = ""  # why nothing can be judged at present, and what was said of that
        self._looked = float("-inf")  # when it was seen who is there, on the monotonic clock
        self._well = time.monotonic()  # and when somebody was
        for name in ("distributed", "distributed.client"):  # what they have to say we say in our words
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)

    @property
    def _seats(self) -> int:
        return sum(self._fit.values())

    def close(self) -> None:
        """Take back what waits, and leave."""
        self._running.clear()
        self._leave()

    def has_room(self) -> bool:
        """Whether one more job would soon find a seat. Waits until there is one at all. Raises Refusal."""
        while not self._seats and not self._running:
            self._look()
            if not self._seats:
                list(self._over())  # nothing is under way: it only waits
        return len(self._running) < self._seats + -(-self._seats // SURPLUS)

    def give(self, job: Job) -> None:
        """Send `job` off."""
        assert self._client is not None
        with dask.config.set(QUIET):
            future = self._client.submit(
                errand.judge,
                self._bench.name,
                worker.packed(job),
                pure=False,
                resources={self._bench.name: 1},
            )
        self._running[future.key] = job, future
        future.add_done_callback(self._finished.put)

    def collect(self) -> list[tuple[Job, Report]]:
        """The next report that comes. Meanwhile it looks who is there. Raises Refusal."""
        while self._running:
            if time.monotonic() - self._looked > LOOK:
                self._look()
            if done := [report for future in self._over() for report in self._done(future)]:
                return done
        return []

    def _over(self) -> Iterator[Future[bytes]]:
        """A future that is over, if one is before it is time to look again."""
        with contextlib.suppress(Empty):
            future = self._finished.get(timeout=LOOK)
            if future.key in self._running:  # else it is of a client that was given up
                yield future

    def _done(self, future: Future[bytes]) -> Iterator[tuple[Job, Report]]:
        """The report of a job that is over; nothing, if Dask has lost it: it will be given again."""
        job, _ = self._running[future.key]
        try:
            report = worker.decode_report(future.result(timeout=PATIENCE))
        except KilledWorker as error:
            self._tries[job.submission.name] = TRIES
            report = broken(job, f"the workers were lost that judged it: {error}")
        except GONE as error:
            self._lose(error)
            return
        except Exception:  # whatever went wrong far away
            report = broken(job, traceback.format_exc())
        del self._running[future.key]
        future.release()
        yield job, report

    def _look(self) -> None:
        """See who is there, and find the scheduler again if it was lost. Raises Refusal when patience is at an end."""
        try:
            client = self._client or self._join()
            if client.status != "running":
                raise OSError("the connection was lost")
            self._count_seats(client)
        except GONE as error:
            self._lose(error)
        self._looked = time.monotonic()
        if self._seats:
            self._well = self._looked
        elif self._looked - self._well > PATIENCE:
            raise Refusal(
                f"{self._trouble}. It was waited for {PATIENCE:.0f} s. Nothing is lost: the same command goes on."
            )

    def _join(self) -> Client:
        """Find the scheduler, and have seats set up."""
        client = Client(
            self._address,
            security=self._security,
            timeout=ANSWER,
            set_as_default=False,
            name="grader",
        )
        self._client = client
        refuse_others(client)
        Thread(target=set_up, args=(client, self._bench), daemon=True).start()
        return client

    def _give_again(self) -> None:
        """Nobody is left of those who could judge. What Dask had for them it never gives to those who offer their
        seats later, for it looks only when a worker comes; or it was another Dask that knew of it.
        """
        lost = [*self._running.values()] if self._fit else []
        for job, future in lost:
            del self._running[future.key]
            future.release()
            self.give(job)

    def _count_seats(self, client: Client) -> None:
        """Count the seats that are offered, and say so of a worker that is unfit."""
        there = client.scheduler_info(n_workers=-1)["workers"]
        fit = {one["id"]: int(one["resources"].get(self._bench.name, 0)) for one in there.values()}
        before, known, self._fit = self._seats, self._fit, {id: seats for id, seats in fit.items() if seats}
        for _, event in client.get_events(errand.TOPIC) or ():
            who, why = event["worker"], event["why"]
            if event["bench"] == self._bench.name and who in there and who not in self._left_out:
                self._left_out[who] = why
                self._say(f"{who} is left out: {why}")
        if not self._seats:
            self._waits_for(f"no worker at {self._address} can judge")
        elif self._seats != before:
            self._said = ""
            self._say(f"{self._address} judges {self._seats} at a time")
        if not known.keys() & self._fit.keys():
            self._give_again()
        self._trouble = f"No worker at {self._address} can judge"
        if unfit := [why for who, why in self._left_out.items() if who in there]:
            self._trouble += f": {unfit[0]}"
        elif there:
            self._trouble += f": of {len(there)} none has found the grader, so see where they were started"

    def _lose(self, error: BaseException) -> None:
        """The scheduler is gone, and whatever it knew."""
        self._trouble = f"No scheduler answers at {self._address} ({printable(str(error)) or 'no answer'})"
        self._waits_for(f"no scheduler answers at {self._address}")
        self._fit = {}
        self._leave()

    def _waits_for(self, what: str) -> None:
        """Say so, once, until things are well again."""
        if what != self._said:
            self._say(f"{what}: waiting up to {PATIENCE:.0f} s")
        self._said = what

    def _leave(self) -> None:
        """Give the client up."""
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(Exception):  # whatever it finds on its way out, it is of no use any more
                client.close(timeout=2)


def set_up(client: Client, bench: errand.Bench) -> None:
    """Have `bench` set up on all workers, these and those to come. It may take for ever, where one does not answer."""
    with contextlib.suppress(Exception):  # of a worker that does not find the grader: then it offers no seat
        client.register_plugin(bench)


def refuse_others(client: Client) -> None:
    """Raises Refusal for a scheduler that does not know what we speak of."""
    advice = "start it in a checkout of this course, where `make extras` has been run"
    try:
        theirs = cast(dict[str, str], client.run_on_scheduler(errand.versions))
    except ImportError as error:
        raise Refusal(f"The scheduler does not find the grader: {advice}.") from error
    for name, ours in errand.versions().items():
        if theirs.get(name) != ours:
            raise Refusal(f"The scheduler has {name} {theirs.get(name)}, and this machine {ours}: {advice}.")
