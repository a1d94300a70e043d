"""The judge: one submission, one step -> a Report, by running pytest in this process.

`courtroom` opens one pytest session, collects the step's checks once, and hands its body a function that judges
a job. A student's check calls it once. A worker of a class (grader/engine) keeps the session open and calls it
in a forked child per submission, so that nothing is imported, configured or collected twice.

Nothing that a submission brings can reach this process: its files are never imported here, its folder is not on
the path, pytest's plugins and options come from this file alone.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from grader.checks import table
from grader.outcome import Outcome, Report, Result, Status
from grader.plugin import CHECK, JUDGING
from grader.plugin.judging import Job, Judging, chosen
from grader.steps import ROOT, Step

Judge = Callable[[Job], Report]

# Of pytest's own plugins we need the runner, the collector and the fixtures. The others cost time, or talk.
UNUSED = (
    "cacheprovider",
    "capture",
    "debugging",
    "doctest",
    "faulthandler",
    "junitxml",
    "logging",
    "monkeypatch",
    "nose",
    "pastebin",
    "recwarn",
    "setuponly",
    "setupplan",
    "stepwise",
    "terminal",
    "threadexception",
    "tmpdir",
    "unittest",
    "unraisableexception",
    "warnings",
)


class JudgeFailed(RuntimeError):
    """The court itself did not sit: a defect of ours, never of a submission."""


def judge(job: Job) -> Report:
    """Judge one submission, in this process. A report that is BROKEN gets a second try."""
    if job.submission.reason:
        return not_gradable(job)
    reports: list[Report] = []

    def body(run: Judge) -> None:
        reports.append(run(job))
        if reports[0].status is Status.BROKEN:
            reports.append(run(job))

    courtroom(job.step, body)
    return reports[-1]


def courtroom(step: Step, body: Callable[[Judge], None]) -> None:
    """Collect the checks of `step` and call `body` with the function that judges by them.

    Raises JudgeFailed, and what `body` raises.
    """
    court = Court(body)
    arguments = [str(ROOT / "grader" / "checks" / f"{step.slug}.py")]
    arguments += [
        "-c",
        os.devnull,
        f"--rootdir={ROOT}",
        "--noconftest",
        "--assert=plain",
        "-p",
        "grader.plugin",
    ]
    arguments += [word for name in UNUSED for word in ("-p", f"no:{name}")]
    with only_our_plugins():
        status = pytest.main(arguments, plugins=[court])
    if court.error is not None:
        raise court.error
    if not court.sat:
        raise JudgeFailed(f"pytest could not collect the checks of {step.slug} (exit status {int(status)})")


class Court:
    """The pytest plugin that replaces the loop over the items by `body`."""

    def __init__(self, body: Callable[[Judge], None]) -> None:
        self._body = body
        self.sat = False
        self.error: BaseException | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Let the body judge as often as it likes."""
        items = {item.stash[CHECK].id: item for item in session.items}

        def run(job: Job) -> Report:
            judging = Judging(job)
            session.config.stash[JUDGING] = judging
            todo = [items[check.id] for check in judging.checks]
            try:
                for item, following in zip(todo, [*todo[1:], None], strict=True):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                    if judging.doubtful:
                        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            finally:
                judging.close()
            return judging.report()

        self.sat = True
        try:
            self._body(run)
        except BaseException as error:  # Ctrl-C among them: pytest would print it, and return a number
            self.error = error
        return True


@contextmanager
def only_our_plugins() -> Iterator[None]:
    """No plugin and no option of pytest's from outside: the environment is not ours to trust."""
    kept = dict(os.environ)
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def not_gradable(job: Job) -> Report:
    """The report on a submission in which there is nothing to judge."""
    return _unjudged(job, Status.NOT_GRADABLE, Outcome.BLOCKED, job.submission.reason, "")


def broken(job: Job, trouble: str) -> Report:
    """The report on a submission whose judge was lost."""
    return _unjudged(job, Status.BROKEN, Outcome.BROKEN, "the grader itself failed", trouble)


def _unjudged(job: Job, status: Status, outcome: Outcome, reason: str, trouble: str) -> Report:
    checks = chosen(table(job.step), job.only)
    results = tuple(
        Result(
            id=check.id,
            title=check.title,
            outcome=outcome,
            points=check.points,
            earned=0,
            level=check.level,
            rule=check.rule,
            seed=job.seed,
            visibility=check.visibility,
            trouble=trouble,
        )
        for check in checks
    )
    return Report(
        step=job.step.slug,
        title=job.step.title,
        submission=job.submission.name,
        status=status,
        reason=reason,
        score=0,
        max_score=sum(check.points for check in checks),
        results=results,
        sandbox=job.kind,
        proof=False,
        seed=job.seed,
    )
