"""Change a function in one place, in every way that a short table knows: which tests notice?"""

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from stage import outcome

CHANGES = dict(zip("012359", "123268", strict=True)) | {"<=": "<", " or ": " and ", "raise ": ""}
Status = Callable[[bytes], int]


def status(line: bytes) -> int:
    version, code, _ = line.split(b" ", 2)
    if version != b"HTTP/1.1" or len(code) != 3:
        raise ValueError(line)
    if not 100 <= int(code) <= 599:
        raise ValueError(line)
    return int(code)


def test_ok(status: Status) -> None:
    assert status(b"HTTP/1.1 200 OK") == 200


def test_edges(status: Status) -> None:
    assert status(b"HTTP/1.1 100 Continue") == 100
    assert status(b"HTTP/1.1 599 Not Even Wrong") == 599


def test_refuses(status: Status) -> None:
    for line in (b"HTTP/1.O 200 OK", b"HTTP/1.1 0200 OK", b"HTTP/1.1 099 OK", b"HTTP/1.1 600 OK"):
        with suppress(ValueError):
            raise AssertionError(status(line))


def mutants(source: str) -> Iterator[tuple[str, Status]]:
    """Each function that is one change away from `source`, with the line that differs."""
    for match in re.finditer("|".join(CHANGES), source):
        mutant = source[: match.start()] + CHANGES[match[0]] + source[match.end() :]
        names: dict[str, Any] = {}
        exec(mutant, names)
        yield mutant.splitlines()[source.count("\n", 0, match.start())].strip(), names["status"]


if __name__ == "__main__":
    unnoticed = list(mutants(inspect.getsource(status)))
    print(f"{len(unnoticed)} mutants")
    for test in (test_ok, test_edges, test_refuses):
        unnoticed = [(line, mutant) for line, mutant in unnoticed if outcome(test, mutant) == "passes"]
        print(f"\n{test.__name__} leaves {len(unnoticed)}", *(line for line, _ in unnoticed), sep="\n    ")
