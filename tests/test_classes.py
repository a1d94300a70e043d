"""The sample classes: every submission gets what the table beside the class says, and the table knows them all."""

import tomllib
from pathlib import Path

import pytest

from grader.batch import Plan, Watcher, grade
from grader.engine import here
from grader.intake import open_class
from grader.outcome import Outcome, Report
from grader.steps import ROOT, all_steps, find

TABLES = sorted((ROOT / "tests" / "classes").glob("*_sample.toml"))


def summary(report: Report) -> dict[str, object]:
    """A report in the words of the table."""
    failed = (result.id for result in report.results if result.outcome is Outcome.FAIL)
    return {"status": str(report.status), "score": report.score, "first": next(failed, "")}


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_a_class_gets_what_its_table_says(table: Path, tmp_path: Path) -> None:
    folder = table.with_suffix("")
    step = find(table.stem.removesuffix("_sample"))
    found = open_class(folder, step)
    plan = Plan(step=step, source=folder, out=tmp_path, engine=here(step, 3), kind="box", seed=1)
    reports = grade(plan, found.handed, Watcher())
    assert {report.submission: summary(report) for report in reports} == tomllib.loads(
        table.read_text("utf-8")
    )
    assert not found.others


def test_every_step_has_a_class() -> None:
    assert [table.stem for table in TABLES] == [f"{step.short}_sample" for step in all_steps()]


def test_the_class_of_the_readme_is_a_large_one() -> None:
    assert len(tomllib.loads(TABLES[0].read_text("utf-8"))) >= 14
