"""What the project's own tests share."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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
