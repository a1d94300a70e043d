"""The pytest plugin: it makes check functions items, gives them their fixtures, and collects how they end.

The judge loads it for every run. Whoever prefers pytest can use it alone:

    pytest -p grader.plugin grader/checks/hw01_echo.py --submission homework/hw01_echo

All state is in one Judging (grader/plugin/judging.py), kept in pytest's own stash: one submission, one run.
"""

from collections.abc import Generator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from grader.checks import MARK
from grader.outcome import Card, Check, Submission
from grader.plugin.judging import Blocked, Job, Judging
from grader.steps import find
from grader.wire import Server
from grader.world import best_kind

if TYPE_CHECKING:
    from grader.bridge import App

JUDGING = pytest.StashKey[Judging]()
CHECK = pytest.StashKey[Check]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a run by plain pytest."""
    group = parser.getgroup("grader")
    group.addoption("--submission", metavar="DIR", help="judge the submission in DIR, in place")
    group.addoption("--grader-seed", metavar="N", type=int, default=1, help="the seed of the random values")


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem(
    collector: pytest.Module | pytest.Class, name: str, obj: object
) -> Generator[None, list[pytest.Item] | None, list[pytest.Item] | None]:
    """A function that is marked as a check is an item, whatever it is called."""
    collected = yield
    row = getattr(obj, MARK, None)
    if row is None or not isinstance(collector, pytest.Module):
        return collected
    item = pytest.Function.from_parent(collector, name=name)
    item.stash[CHECK] = row
    return [item]


def pytest_runtestloop(session: pytest.Session) -> None:
    """Under plain pytest there is one submission, named on the command line. (A courtroom has a loop of its own.)"""
    if not session.items or CHECK not in session.items[0].stash:
        return
    folder = session.config.getoption("--submission")
    if folder is None or not Path(folder).is_dir():
        raise pytest.UsageError("checks need a submission: --submission DIR")
    step = find(session.items[0].path.stem)
    here = Path(folder).resolve()
    job = Job(
        submission=Submission(name=here.name, files={}, folder=str(here)),
        step=step,
        seed=session.config.getoption("--grader-seed"),
        kind=best_kind(),
        fresh=True,
    )
    session.config.stash[JUDGING] = Judging(job)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no server behind."""
    if JUDGING in session.config.stash:
        session.config.stash[JUDGING].close()


def judging_of(item: pytest.Item | pytest.Collector) -> Judging:
    """The run that `item` is part of."""
    return item.config.stash[JUDGING]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before its fixtures are made: is the check blocked?"""
    if CHECK in item.stash:
        judging_of(item).begin(item.stash[CHECK], draws="rng" in getattr(item, "fixturenames", ()))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """After its report is made: what becomes of its server?"""
    if CHECK in item.stash:
        judging_of(item).release()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """After each phase: note how it ended. Plain pytest shows the mismatch instead of our traceback."""
    report = yield
    if CHECK in item.stash and JUDGING in item.config.stash:
        error = call.excinfo.value if call.excinfo else None
        result = judging_of(item).note(item.stash[CHECK], call.when, error)
        if result is not None and result.card is not None:
            report.longrepr = summary(result.card)
    return report


def summary(card: Card) -> str:
    """A card in a few lines, for plain pytest; grader/report draws it in full."""
    lines = (card.checked, f"expected: {card.expected}", f"got:      {card.got}", card.fault, card.diagnosis)
    return "\n".join([*filter(None, lines), *card.where, card.printed])


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """A server of the submission's, listening, idle when the check begins."""
    return judging_of(request.node).serve()


@pytest.fixture
def app(request: pytest.FixtureRequest) -> "App":
    """The submission's application, to be called across the border."""
    return judging_of(request.node).application()


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> Random:
    """Random values that the report's seed repeats, different for every check."""
    return judging_of(request.node).random(request.node.name)


__all__ = ["Blocked", "Job", "Judging"]
