"""The samples under tests/classes/exports: each is looked at, graded, and exported into the table of its own LMS."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from grader.cli import main
from grader.steps import ROOT
from tests.exports.samples import FOLDER, SAMPLES, plain
from tests.test_exports_tables import differences

CLICK = re.compile(r"^python -m grader (.*tests/classes/exports.*)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One export, the table of the same course, and what must come of it."""

    source: str
    table: str
    scores: dict[str, int]  # by submission; those that are not gradable have 0
    not_gradable: int
    absent: str  # who handed in nothing
    to: str = ""  # the LMS whose own table it is
    into: str = ""  # that table, if it is another
    column: str = ""
    filled: dict[str, str] = field(
        default_factory=dict
    )  # the new cells, by the first two cells of their rows


CLASSES = (
    Sample(
        source="canvas.zip",
        table="canvas-gradebook.csv",
        scores={
            "3143": 100,
            "3144": 10,
            "3145": 100,
            "3146": 100,
            "3147": 0,
            "3148": 0,
            "3149": 0,
            "3150": 0,
        },
        not_gradable=4,
        absent="Absent, Always (3199); Student, Test (3200)",
        to="canvas",
        column="Homework 1",
        filled={
            **{"3143": "10", "3144": "1", "3145": "10", "3146": "10"},
            **{"3147": "0", "3148": "0", "3149": "0", "3150": "0"},
        },
    ),
    Sample(
        source="canvas-groups.zip",
        table="canvas-groups.csv",
        scores={"3143": 100, "3149": 10},
        not_gradable=0,
        absent="Absent, Always (3199)",
        to="canvas",
        into="canvas-gradebook.csv",
        column="Homework 1",
        filled={"3143": "10", "3144": "10", "3149": "1"},
    ),
    Sample(
        source="moodle.zip",
        table="moodle-worksheet.csv",
        scores={"3143": 100, "3144": 100, "3146": 100, "3147": 100, "3148": 100, "7": 0, "8": 0},
        not_gradable=2,
        absent="=cmd|'/C calc'!A0 (3145); Absent, Always (9)",
        to="moodle",
        filled={"3143": "100", "3144": "100", "3146": "100", "3147": "100", "7": "0", "8": "0"},
    ),
    Sample(
        source="moodle-teams.zip",
        table="moodle-teams-worksheet.csv",
        scores={"17": 100, "Default group": 10},
        not_gradable=0,
        absent="Ina (3148)",
        to="moodle",
        filled={"3143": "10", "3144": "10", "17": "1", "3147": "1"},
    ),
    Sample(
        source="gradescope.zip",
        table="gradescope-roster.csv",
        scores={"007": 100, "008+grace@example.org": 10, "nobody@example.org": 0, "submission_90874": 100},
        not_gradable=1,
        absent="Always Absent (009)",
    ),
    Sample(
        source="github.tar.gz",
        table="github-roster.csv",
        scores={"ada-l": 100, "ada-m": 0, "Grace": 10},
        not_gradable=1,
        absent="",
    ),
    Sample(
        source="folders.zip",
        table="roster.csv",
        scores={"ada": 100, "René": 100, "empty": 0, "grace": 10},
        not_gradable=1,
        absent="Alan (alan); Absent, Always (zoe)",
    ),
    Sample(
        source="files.tar.xz",
        table="roster.csv",
        scores={"ada": 100, "grace": 10, "alan": 100},
        not_gradable=0,
        absent="René D. (René); Absent, Always (zoe)",
    ),
)
each = pytest.mark.parametrize("sample", CLASSES, ids=lambda sample: sample.source)


def test_what_is_committed_is_what_is_made() -> None:
    """`python -m tests.exports` makes it again."""
    assert {path.name for path in FOLDER.iterdir()} == set(SAMPLES)
    for name, make in SAMPLES.items():
        assert plain(name, (FOLDER / name).read_bytes()) == plain(name, make()), name


def test_a_checkout_on_windows_takes_their_names_and_leaves_their_bytes() -> None:
    assert all(re.fullmatch(r"[a-z.-]+", name) for name in SAMPLES)
    files = [f"tests/classes/exports/{name}" for name in SAMPLES]
    told = subprocess.run(
        ["git", "check-attr", "text", *files], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.count(": text: unset\n") == len(files)


def test_every_sample_is_tried() -> None:
    assert {name for one in CLASSES for name in (one.source, one.table)} == set(SAMPLES)


def rows_of(path: Path) -> list[list[str]]:
    """The cells of a CSV."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@each
def test_a_dry_run_shows_who_and_what(
    sample: Sample, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    words = [
        "grade",
        "hw01",
        str(FOLDER / sample.source),
        "--roster",
        str(FOLDER / sample.table),
        "--dry-run",
    ]
    missing = {"canvas.zip": 3}.get(
        sample.source, sample.not_gradable
    )  # one does not start: that shows later
    assert main(words) == (1 if missing else 0)
    shown = capsys.readouterr().out
    assert f"{len(sample.scores)} submissions" in shown
    assert (f"{missing} not gradable" if missing else "all can be judged") in shown
    assert (f"not there:   {sample.absent}" in shown) is bool(sample.absent)
    assert all(identity in shown for identity in sample.scores)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sample], Path]:
    """The results of a sample, judged when they are first asked for."""

    @cache
    def results(source: str, table: str) -> Path:
        out = tmp_path_factory.mktemp("samples") / "results"
        words = ["grade", "hw01", str(FOLDER / source), "--roster", str(FOLDER / table), "--out", str(out)]
        assert main([*words, "--sandbox", "box", "--seed", "1"]) == 1
        return out

    return lambda sample: results(sample.source, sample.table)


@each
def test_it_is_graded(sample: Sample, graded: Callable[[Sample], Path]) -> None:
    rows = json.loads((graded(sample) / "class.json").read_bytes())["submissions"]
    assert {row["submission"]: row["score"] for row in rows} == sample.scores
    assert sum(row["status"] == "not gradable" for row in rows) == sample.not_gradable


@pytest.mark.parametrize("sample", [one for one in CLASSES if one.to], ids=lambda sample: sample.source)
def test_it_goes_into_the_table_of_its_lms(
    sample: Sample, graded: Callable[[Sample], Path], tmp_path: Path
) -> None:
    """One column is filled in, and every other cell is as it was."""
    table, filled = FOLDER / (sample.into or sample.table), tmp_path / "filled.csv"
    words = ["export", "--to", sample.to, str(graded(sample)), "--into", str(table), "--output", str(filled)]
    assert main([*words, *(["--column", sample.column] if sample.column else [])]) == 0
    changed = differences(table.read_bytes(), filled.read_bytes())
    cells = rows_of(table)
    ids = cells[0].index("ID" if sample.to == "canvas" else "Identifier")
    assert {cells[row][ids].removeprefix("Participant "): new for row, _, _, new in changed} == sample.filled
    assert len({column for _, column, *_ in changed}) == 1 and all(not old for _, _, old, _ in changed)


@each
def test_every_student_has_a_line_in_the_table_for_people(
    sample: Sample, graded: Callable[[Sample], Path], tmp_path: Path
) -> None:
    output = tmp_path / "class.csv"
    assert main(["export", "--to", "csv", str(graded(sample)), "--output", str(output)]) == 0
    heads, *lines = rows_of(output)
    rows = [dict(zip(heads, line, strict=True)) for line in lines]
    assert {row["submission"].lstrip("'") for row in rows} == set(sample.scores)
    assert all(row["score"] == str(sample.scores[row["submission"]]) for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_what_the_readme_says_can_be_pasted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The three lines about the Canvas sample, one after the other."""
    lines = CLICK.findall((ROOT / "README.md").read_text("utf-8"))
    assert len(lines) == 3
    places = {"results/samples/canvas": str(tmp_path / "results"), "filled.csv": str(tmp_path / "filled.csv")}
    statuses = []
    for line in lines:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        statuses.append(
            main(
                [str(ROOT / word) if word.startswith("tests/") else places.get(word, word) for word in words]
            )
        )
    assert statuses == [1, 1, 0]
    table = FOLDER / "canvas-gradebook.csv"
    assert len(differences(table.read_bytes(), (tmp_path / "filled.csv").read_bytes())) == 8
    assert "8 students have a score." in capsys.readouterr().err
