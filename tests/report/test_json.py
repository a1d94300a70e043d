"""The JSON report: an exact round trip, nothing but what `dumps` writes, and a page that describes every field."""

import json as plain_json
import re
import types
from collections.abc import Iterator
from dataclasses import fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from samples import REPORTS

from grader.outcome import Card, Event, Excerpt, Member, Report, Result
from grader.report import json
from grader.report.statistics import Figures
from grader.report.summary import Row

README = Path(__file__).parents[2] / "grader" / "README.md"
SAMPLE = REPORTS["several_failed"]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_survives_the_trip(name: str) -> None:
    assert json.loads(json.dumps(REPORTS[name])) == REPORTS[name]


def test_it_is_json_in_utf_8_with_the_format_first() -> None:
    data = json.dumps(SAMPLE)
    assert next(iter(plain_json.loads(data.decode("utf-8")).items())) == ("format", json.FORMAT)
    assert data.endswith(b"}\n")


def test_bytes_survive() -> None:
    every = bytes(range(256))
    event = Event(1, "sends", Excerpt.of(every))
    report = replace(SAMPLE, results=(replace(SAMPLE.results[0], transcript=(event,)),))
    excerpt = json.loads(json.dumps(report)).results[0].transcript[0].excerpt
    assert excerpt is not None
    assert excerpt.data == every


def changed(change: str, value: object) -> bytes:
    """A sample report in which what `change` (a path with dots) names is `value`."""
    table = plain_json.loads(json.dumps(SAMPLE))
    *path, last = change.split(".")
    place: Any = table
    for name in path:
        place = place[int(name) if name.isdigit() else name]
    place[last] = value
    return plain_json.dumps(table).encode()


@pytest.mark.parametrize(
    ("change", "value", "said"),
    [
        ("format", 1, "format 2"),
        ("format", None, "format 2"),
        ("extra", 1, r"unknown field \$\.extra"),
        ("results.0.extra", 1, r"unknown field \$\.results\[0\]\.extra"),
        ("results.1.card.extra", 1, r"unknown field \$\.results\[1\]\.card\.extra"),
        ("score", "100", "Expected `int`"),
        ("score", 1.5, "Expected `int`"),
        ("proof", 1, "Expected `bool`"),
        ("results.0.outcome", "passed", "Invalid enum value"),
        ("results.1.card.sent.0.excerpt", {"text": "\\x", "start": 0, "total": 1}, "truncated"),
        ("results.1.card.sent.0.excerpt", {"text": "\\u1234", "start": 0, "total": 1}, "latin-1"),
    ],
)
def test_what_dumps_does_not_write_is_refused(change: str, value: object, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        json.loads(changed(change, value))
    assert str(caught.value).startswith("This is not a report of format 2: ")
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"nonsense", b'{"format": 1', b"\xff", b"[" * 100_000])
def test_what_is_not_json_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^This is not JSON: .*\.$"):
        json.loads(data)


@pytest.mark.parametrize("data", [b"[]", b"1", b"null", b"{}"])
def test_json_that_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="This is not a report of format 2"):
        json.loads(data)


def test_a_missing_field_is_refused() -> None:
    table = plain_json.loads(json.dumps(SAMPLE))
    del table["seed"]
    with pytest.raises(ValueError, match="missing required field `seed`"):
        json.loads(plain_json.dumps(table).encode())


def test_a_class_has_a_row_per_submission() -> None:
    table = plain_json.loads(b"".join(json.class_dumps(REPORTS.values())))
    assert table["format"] == json.FORMAT
    assert table["step"] == "hw01_echo"
    assert [row["submission"] for row in table["submissions"]] == [one.submission for one in REPORTS.values()]
    assert set(table["submissions"][0]) == {field.name for field in fields(Row)}


def test_an_empty_class_has_no_rows() -> None:
    assert plain_json.loads(b"".join(json.class_dumps([]))) == {
        "format": json.FORMAT,
        "step": "",
        "submissions": [],
    }


# The page.

NAMES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def json_type(hint: Any) -> str:
    """What JSON calls values of the type `hint`, as the page does."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is types.UnionType:
        return " or ".join("null" if part is types.NoneType else json_type(part) for part in arguments)
    if origin is tuple:
        return f"array of {json_type(arguments[0])}"
    if origin is not None:  # a mapping
        return f"object of {json_type(arguments[1])}"
    if issubclass(hint, StrEnum):
        return " or ".join(f'"{member}"' for member in hint)
    return NAMES.get(hint, hint.__name__)


def table_on_the_page(name: str) -> Iterator[tuple[str, str]]:
    """The first two cells of the rows of the table under the heading `name`."""
    section = README.read_text("utf-8").partition(f"#### {name}\n")[2].partition("\n#")[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            yield cells[0].strip("`"), cells[1]
            assert len(cells) == 3
            assert cells[2], f"{name}.{cells[0]} is not described"


@pytest.mark.parametrize("kind", [Report, Member, Result, Card, Event, Excerpt, Row, Figures])
def test_the_page_describes_every_field(kind: type) -> None:
    hints = get_type_hints(kind)
    described = list(table_on_the_page(kind.__name__))
    first = [("format", "integer")] if kind is Report else []
    assert described == [*first, *((field.name, json_type(hints[field.name])) for field in fields(kind))]


def test_the_page_shows_what_dumps_writes() -> None:
    block = re.search(r"```json\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert block is not None
    assert json.loads(block[1].encode()).step == "hw01_echo"
    assert block[1].encode() == json.dumps(json.loads(block[1].encode()))


def test_the_page_names_every_room() -> None:
    rooms = {
        path.stem
        for path in README.parent.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    named = set(
        re.findall(r"^\| `(\w+)/?` \|", README.read_text("utf-8").partition("## What a report says")[0], re.M)
    )
    assert named == rooms - {"__init__", "__main__"}
