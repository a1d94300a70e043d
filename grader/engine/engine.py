"""What all engines share: jobs are taken when there is room for them, and one that the grader fails at gets a
second try. After that its report is BROKEN.
"""

from abc import ABC, abstractmethod
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Self

from grader.judge import not_gradable
from grader.outcome import Report, Status
from grader.plugin.judging import Job

TRIES = 2

Say = Callable[[str], None]  # tells whoever watches something about the engine itself: a sentence
Making = Callable[[Say], "Engine"]


class Engine(ABC):
    """Judges jobs of one step. Use it as a context manager: what it has started ends with it."""

    def __init__(self) -> None:
        self._tries = Counter[str]()  # by the submission's name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, jobs: Iterable[Job]) -> Iterator[Report]:
        """The report on every job, as they come. Takes a job from `jobs` only when there is room for it."""
        fresh = iter(jobs)
        again: deque[Job] = deque()
        while True:
            while self.has_room():
                job = again.popleft() if again else next(fresh, None)
                if job is None:
                    break
                if job.submission.reason:
                    yield not_gradable(job)
                else:
                    self.give(job)
            done = self.collect()
            if not done:
                return
            for job, report in done:
                self._tries[job.submission.name] += 1
                if report.status is Status.BROKEN and self._tries[job.submission.name] < TRIES:
                    again.append(job)
                else:
                    yield report

    @abstractmethod
    def has_room(self) -> bool:
        """Whether it would take one more job now."""

    @abstractmethod
    def give(self, job: Job) -> None:
        """Begin with `job`."""

    @abstractmethod
    def collect(self) -> list[tuple[Job, Report]]:
        """Wait until something is done: what is done by then. Nothing, if there is nothing to wait for."""

    @abstractmethod
    def close(self) -> None:
        """End all that it has started."""
