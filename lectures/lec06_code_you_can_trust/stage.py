"""The stage of this lecture's demos: ../speaking.py, a reader of responses, and a runner of tests."""

import io
import socket
import sys
from collections.abc import Callable, Mapping
from http.client import HTTPResponse
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parent.parent))

from speaking import Speaking, arrived, connected, heading, pair, shown, tell

__all__ = [
    "Serve",
    "Speaking",
    "arrived",
    "connected",
    "heading",
    "outcome",
    "outcomes",
    "pair",
    "read",
    "shown",
    "tell",
]

Serve = Callable[[socket.socket], object]  # serves one client
Test = Callable[..., object]


class Bytes:
    """As much of a socket as Python's HTTP client asks for: something to read from."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self.data)


def read(data: bytes) -> HTTPResponse:
    """The response, read as Python's own HTTP client reads it: its head now, its content when asked."""
    response = HTTPResponse(Bytes(data))  # type: ignore[arg-type]
    response.begin()
    return response


def outcome(test: Test, *arguments: Any) -> str:
    """What a runner of tests reports: an exception that leaves the test is the only way to fail."""
    try:
        test(*arguments)
    except Exception as error:
        return f"fails: {type(error).__name__}"
    return "passes"


def outcomes(tests: Mapping[str, Test], programs: Mapping[str, Any]) -> None:
    """Print a table: a row for each test, a column for each program that it is run on."""
    rows = [
        [name, *(outcome(test, program) for program in programs.values())] for name, test in tests.items()
    ]
    widths = [max(map(len, column)) for column in zip(["", *programs], *rows, strict=True)]
    for row in (["", *programs], *rows):
        print("   ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
