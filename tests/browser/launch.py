"""Chromium, driven by Playwright: `make browser` installs both."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("google-chrome")


def missing() -> str:
    """What is not there, in a sentence; or nothing."""
    if find_spec("playwright") is None:
        return "`make browser` installs Playwright"
    return "" if PROGRAM else "`make browser` installs Chromium"


@contextmanager
def launched() -> Iterator[Any]:
    """The browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        yield browser
        browser.close()
