"""What the project's own tests share."""

import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from grader.outcome import Report
    from grader.steps import Step

# They hold conftest.py files that attack a pytest which comes along: one of them makes every report a good one.
collect_ignore = ["submissions", "classes"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files instead of comparing"
    )


def pytest_collection_finish() -> None:
    """No attack has been loaded. It is said here, and by ending the run: no test's result could be believed."""
    for folder in collect_ignore:
        inside = f"{Path(__file__).parent / folder}/"
        if any(
            (getattr(module, "__file__", None) or "").startswith(inside) for module in [*sys.modules.values()]
        ):
            pytest.exit(f"pytest has loaded a module from tests/{folder}: it may have come under attack", 3)


@pytest.fixture(scope="session", autouse=True)
def nothing_is_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """After the whole run no process, temporary file, mount, listener or descriptor of a test is left."""
    if sys.platform != "linux":  # the traces are read from /proc
        yield
        return
    from tests.traces import nothing_left

    with nothing_left(tmp_path_factory.mktemp("tmp")):
        yield


@pytest.fixture(scope="session")
def kept() -> "Callable[[Step], dict[str, Report]]":
    """The reports on a step's faulty and tolerant submissions, by specimen: judged once, when first asked for."""
    from tests.corpus import judged_corpus

    return cache(judged_corpus)


@pytest.fixture(scope="session")
def fresh() -> "Callable[[Step], dict[str, Report]]":
    """The same, with a fresh server for every check."""
    from tests.corpus import judged_corpus

    return cache(partial(judged_corpus, fresh=True))
