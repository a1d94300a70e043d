"""Reports as JSON, exactly: what `dumps` writes, `loads` reads back as an equal value, and nothing else.

The fields are those of grader.outcome.Report under the same names. grader/README.md, "The JSON report",
describes each. A change of their meaning, or a field more or less, is a new FORMAT.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import msgspec

from grader.outcome import Excerpt, Report
from grader.report.statistics import Statistics
from grader.report.summary import row

FORMAT = 2


def dumps(report: Report) -> bytes:
    """`report` as JSON in UTF-8, indented, with "format" in front."""
    return formatted(msgspec.to_builtins(report))


def class_dumps(reports: Iterable[Report]) -> Iterator[bytes]:
    """The class of `reports`, all of one step, as JSON: the step and a row per submission, piece by piece."""
    walk = iter(reports)
    first = next(walk, None)
    step = first.step if first else ""
    head, _, tail = formatted({"step": step, "submissions": []}).rpartition(b"]")
    yield head
    between = b""
    for report in chain([first] if first else [], walk):
        # No string in JSON has a newline in it, so those that are there can be indented further.
        yield between + indented(row(report)).replace(b"\n", b"\n  ")
        between = b","
    yield (b"\n ]" if between else b"]") + tail


def statistics_dumps(found: Statistics) -> bytes:
    """How the checks of a class did, as JSON: the step, how many were handed in and graded, and a row per check."""
    checks = [msgspec.to_builtins(check) for check in found.checks]
    numbers = {"submissions": found.submissions, "graded": found.graded}
    return formatted({"step": found.step, **numbers, "checks": checks})


def loads(data: bytes) -> Report:
    """The report that `data` holds. Raises ValueError, a sentence, for what `dumps` would not write."""
    try:
        table = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"This is not JSON: {error}.") from None
    if not isinstance(table, dict) or table.pop("format", None) != FORMAT:
        raise ValueError(f'This is not a report of format {FORMAT}: it needs "format": {FORMAT} at its top.')
    try:
        report = msgspec.convert(table, Report)
        for excerpt in excerpts(report):
            excerpt.data  # noqa: B018  (raises ValueError where the text is no excerpt)
    except ValueError as error:
        raise ValueError(f"This is not a report of format {FORMAT}: {error}.") from None
    for path in unknown(table, msgspec.to_builtins(report), "$"):
        raise ValueError(f"This is not a report of format {FORMAT}: it has an unknown field {path}.")
    return report


def formatted(table: Mapping[str, Any]) -> bytes:
    """`table` with the format in front, indented, with a newline at the end."""
    return indented({"format": FORMAT, **table}).lstrip() + b"\n"


def indented(value: object) -> bytes:
    """`value` as JSON, indented, on a new line."""
    return b"\n" + msgspec.json.format(msgspec.json.encode(value), indent=1)


def excerpts(report: Report) -> Iterator[Excerpt]:
    """Every excerpt in `report`."""
    for result in report.results:
        events = (*result.transcript, *(result.card.sent if result.card else ()))
        sides = (result.card.wanted, result.card.came) if result.card else ()
        yield from (excerpt for excerpt in (*(event.excerpt for event in events), *sides) if excerpt)


def unknown(given: Any, kept: Any, path: str) -> Iterator[str]:
    """The places in `given` that were not kept when it became a report: msgspec passes over them silently."""
    if isinstance(given, dict):
        for name, value in given.items():
            if name not in kept:
                yield f"{path}.{name}"
            else:
                yield from unknown(value, kept[name], f"{path}.{name}")
    elif isinstance(given, list):
        for index, value in enumerate(given):
            yield from unknown(value, kept[index], f"{path}[{index}]")
