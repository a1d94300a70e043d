"""What a result is kept for: these files, judged by these checks in this way, and nothing else."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.gradebook import digest
from grader.steps import ROOT, Step, all_steps, find
from tests.grading import STEP, job

HW02 = find("hw02")
SUBMITTED = job("ada").submission
OTHERS = {
    "content": {"files": {"server.py": b"pass"}},
    "a file more": {"files": {**SUBMITTED.files, "more.py": b""}},
    "a file's name": {"files": {"Server.py": SUBMITTED.files["server.py"]}},
    "a border": {"files": {"server.p": b"y" + SUBMITTED.files["server.py"]}},
    "a reason": {"reason": "server.py is missing"},
}


@pytest.mark.parametrize("change", OTHERS)
def test_another_submission_has_another_fingerprint(change: str) -> None:
    assert digest.of_submission(replace(SUBMITTED, **OTHERS[change])) != digest.of_submission(SUBMITTED)


def test_whose_it_is_and_where_it_lies_is_no_part_of_it() -> None:
    moved = replace(SUBMITTED, name="eve", folder="/elsewhere")
    assert digest.of_submission(moved) == digest.of_submission(SUBMITTED)
    two = {"b.py": b"2", "a.py": b"1"}
    turned = dict(reversed(two.items()))
    assert digest.of_submission(replace(SUBMITTED, files=two)) == digest.of_submission(
        replace(SUBMITTED, files=turned)
    )


HOW = {"seed": 1, "kind": "box", "fresh": False}


@pytest.mark.parametrize(("key", "value"), [("seed", 2), ("kind", "world"), ("fresh", True)])
def test_how_it_is_judged_is_part_of_the_fingerprint(key: str, value: object) -> None:
    assert digest.of_judging(STEP, **{**HOW, key: value}) != digest.of_judging(STEP, **HOW)
    assert digest.of_judging(STEP, **HOW) == digest.of_judging(STEP, **HOW)
    assert digest.of_judging(HW02, **HOW) != digest.of_judging(STEP, **HOW)


SOURCES = {  # a file of ours, and whether a change of it puts the results of homework 1 in doubt
    "homework/hw01_echo/step.toml": True,
    "grader/checks/hw01_echo.py": True,
    "grader/checks/__init__.py": True,
    "grader/expect/faults.py": True,
    "grader/wire/client.py": True,
    "grader/judge.py": True,
    "grader/checks/hw02_hello_app.py": False,
    "grader/report/card.py": False,
    "homework/hw01_echo/README.md": False,
}


@pytest.mark.parametrize("name", SOURCES)
def test_what_judges_is_part_of_the_fingerprint(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real = digest.of_judging(STEP, **HOW), Path.read_bytes
    assert (ROOT / name).is_file()
    monkeypatch.setattr(Path, "read_bytes", lambda path: real(path) + b"#" * (path == ROOT / name))
    assert (digest.of_judging(STEP, **HOW) != before) is SOURCES[name]


def imported(path: Path) -> Iterator[Path]:
    """The modules of ours that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            where = ROOT.joinpath(*name.split("."))
            yield from (file for file in (where.with_suffix(".py"), where / "__init__.py") if file.is_file())


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
def test_nothing_that_judges_is_left_out(step: Step) -> None:
    """Whatever the judge and the step's checks import, directly or not, is in the fingerprint."""
    todo = [ROOT / "grader" / "judge.py", ROOT / "grader" / "checks" / f"{step.slug}.py"]
    if not todo[1].exists():
        pytest.skip("the step has no checks yet")
    seen: set[Path] = set()
    while todo:
        path = todo.pop()
        if path not in seen and path.is_relative_to(ROOT / "grader"):
            seen.add(path)
            todo += imported(path)
    assert seen <= set(digest.sources(step))
