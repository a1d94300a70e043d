"""Chromium, for the tests in a real browser. Without it and Playwright (`make browser`) they are skipped."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.launch import launched, missing


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, driven by Playwright."""
    if why := missing():
        pytest.skip(why)
    with launched() as browser:
        yield browser
