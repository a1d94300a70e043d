"""One run of a step's checks over one submission: what blocks what, how each check ended, and the report."""

import shlex
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from _pytest.outcomes import Skipped  # pytest.skip.Exception, with a type

from grader.checks import table
from grader.expect import Mismatch, not_listening
from grader.expect.http import no_response
from grader.outcome import Check, Outcome, Report, Result, Submission, verdict
from grader.plugin.cards import make_card
from grader.steps import Step
from grader.wire import Keeper, NotListening, Server, Transcript
from grader.wire.answer import NoAnswer
from grader.world import Kind, Site, site

if TYPE_CHECKING:
    from grader.bridge import App


class Blocked(Skipped):
    """A check that must pass first did not. To plain pytest it is a skipped test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One submission to judge, and how."""

    submission: Submission
    step: Step
    seed: int
    kind: Kind = "plain"
    fresh: bool = False  # a new server for every check
    where: str = ""  # the folder, as it was typed; none: the step's homework folder
    only: tuple[str, ...] = ()  # ids of the checks to run, with what they need; none: all

    def command(self, check: str = "", seed: int | None = None) -> str:
        """What to type to check this submission again: the whole, or one check, with this seed."""
        command, key, seeded = f"make check-{self.step.short}", "K=", "SEED="
        if self.where:
            command = f"python -m grader check {self.step.short} {shlex.quote(self.where)}"
            key, seeded = "-k ", "--seed "
        words = (command, check and key + check, "" if seed is None else f"{seeded}{seed}")
        return " ".join(filter(None, words))


@dataclass(slots=True)
class Judging:
    """The state of the run. The plugin's hooks call it in this order: begin, serve, note …, release."""

    job: Job
    checks: tuple[Check, ...] = field(init=False)
    results: dict[str, Result] = field(init=False, default_factory=dict)
    # The last check failed on a server that an earlier check had used. Then the earlier one may be the cause, though
    # the server was proven idle: only a fresh server says whose fault it is. The check is to be run again, and has no
    # result yet.
    doubtful: bool = field(init=False, default=False)
    _site: Site | None = field(init=False, default=None)
    _keeper: Keeper | None = field(init=False, default=None)
    _transcript: Transcript = field(init=False, default_factory=Transcript)
    _draws: bool = field(init=False, default=False)
    _began: float = field(init=False, default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.checks = chosen(table(self.job.step), self.job.only)

    def begin(self, check: Check, *, draws: bool) -> None:
        """`check` is next. Raises Blocked where one that must pass first did not."""
        self._transcript = Transcript()
        self._draws = draws
        self.doubtful = False
        first = self._first_cause(check)
        if first:
            raise Blocked(first)

    def serve(self) -> Server:
        """A listening server. Raises NotListening."""
        return self._kept().serve(self._transcript)

    def application(self) -> "App":
        """The submission's application, behind a worker that listens. Raises Mismatch."""
        from grader.bridge import App
        from grader.expect import contract

        try:
            # Its connections carry the grader's own frames: of those the transcript tells what they say.
            return App(self._kept().serve(Transcript()), self._transcript)
        except NotListening as problem:
            raise contract.not_imported(problem, self.job.step.application) from None

    def _kept(self) -> Keeper:
        """The keeper of this run's servers."""
        if self._keeper is None:
            step = self.job.step
            self._site = site(self.job.kind, step.limits, self.job.submission, step.lent)
            self._keeper = Keeper(self._site, step, self.random("ports"), fresh=self.job.fresh)
        return self._keeper

    def release(self) -> None:
        """The check is over, and its report is made."""
        if self._keeper is not None:
            self._keeper.release()
            if self.doubtful:
                self._keeper.close()

    def random(self, id: str) -> Random:
        """The random values of one check."""
        return Random(f"{self.job.seed}/{id}")

    def note(self, check: Check, phase: str, error: BaseException | None) -> Result | None:
        """A phase of `check` ended, with `error` or well. Returns the result, once there is one."""
        if isinstance(error, NotListening):
            error = not_listening(error)
        if isinstance(error, NoAnswer):
            error = no_response(error.request, error.answer)
        if isinstance(error, Mismatch) and self._keeper is not None and self._keeper.kept:
            self.doubtful = True
        elif isinstance(error, Mismatch):
            self.results[check.id] = self._result(check, Outcome.FAIL, error)
        elif isinstance(error, Blocked):
            self.results[check.id] = self._result(check, Outcome.BLOCKED)
        elif error is not None:
            self.results[check.id] = self._result(check, Outcome.BROKEN, error)
        elif phase == "call":
            self.results[check.id] = self._result(check, Outcome.PASS)
        return self.results.get(check.id)

    def close(self) -> None:
        """End what still runs."""
        if self._keeper is not None:
            self._keeper.close()

    def report(self) -> Report:
        """The whole run. A check without a result is lost, and BROKEN."""
        job = self.job
        status, score = verdict(self.checks, {id: result.outcome for id, result in self.results.items()})
        results = tuple(
            self.results.get(check.id) or self._result(check, Outcome.BROKEN, None) for check in self.checks
        )
        return Report(
            step=job.step.slug,
            title=job.step.title,
            submission=job.submission.name,
            status=status,
            reason=reason(results, status.value),
            score=score,
            max_score=sum(check.points for check in self.checks),
            results=results,
            sandbox=self._site.kind if self._site else job.kind,
            proof=self._site.proof if self._site else False,
            seed=job.seed,
            seconds=round(time.monotonic() - self._began, 3),
            notes=tuple(self._notes()),
        )

    def _notes(self) -> Iterator[str]:
        everything = len(table(self.job.step))
        if len(self.checks) < everything:
            yield f"only {len(self.checks)} of {everything} checks were run"

    def _first_cause(self, check: Check) -> str:
        """The id of the check that failed first on the way to `check`, or ""."""
        for id in check.after:
            result = self.results.get(id)
            if result is None or result.outcome is not Outcome.PASS:
                return (result.blocked_by if result else "") or id
        return ""

    def _result(self, check: Check, outcome: Outcome, error: BaseException | None = None) -> Result:
        return Result(
            id=check.id,
            title=check.title,
            outcome=outcome,
            points=check.points,
            earned=check.points if outcome is Outcome.PASS else 0,
            level=check.level,
            rule=check.rule,
            seed=self.job.seed,
            visibility=check.visibility,
            blocked_by=self._first_cause(check) if outcome is Outcome.BLOCKED else "",
            card=make_card(check, error, self._keeper, self._transcript, self._repeat(check))
            if isinstance(error, Mismatch)
            else None,
            trouble=trouble(error) if outcome is Outcome.BROKEN else "",
            transcript=self._transcript.events(),
        )

    def _repeat(self, check: Check) -> str:
        """The command that runs `check` again with the same random values."""
        return self.job.command(check.id, self.job.seed if self._draws else None)


def chosen(checks: tuple[Check, ...], only: tuple[str, ...]) -> tuple[Check, ...]:
    """The checks named in `only` and all that must pass before them; every check, if none is named."""
    if not only:
        return checks
    wanted = set(only)
    for check in reversed(checks):
        if check.id in wanted:
            wanted.update(check.after)
    return tuple(check for check in checks if check.id in wanted)


def reason(results: tuple[Result, ...], status: str) -> str:
    """Why a submission is not graded: the first cause, in one sentence."""
    if status == "graded":
        return ""
    for result in results:
        if result.outcome is Outcome.BROKEN:
            return f"the grader itself failed at “{result.title}”"
        if result.outcome is Outcome.FAIL and result.card is not None:
            return ": ".join(filter(None, (result.card.got, result.card.diagnosis)))
    return ""


def trouble(error: BaseException | None) -> str:
    """What a maintainer needs to know of our own failure."""
    return "the check never ran" if error is None else "".join(traceback.format_exception(error))
