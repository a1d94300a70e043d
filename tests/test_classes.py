"""The sample classes: every submission gets what the table beside the class says, and the table knows them all."""

import tomllib
from pathlib import Path

import pytest

from grader.batch import Plan, grade
from grader.intake import read_class
from grader.outcome import Outcome, Report
from grader.steps import ROOT, find

TABLES = sorted((ROOT / "tests" / "classes").glob("*_sample.toml"))


def summary(report: Report) -> dict[str, object]:
    """A report in the words of the table."""
    failed = (result.id for result in report.results if result.outcome is Outcome.FAIL)
    return {"status": str(report.status), "score": report.score, "first": next(failed, "")}


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_a_class_gets_what_its_table_says(table: Path, tmp_path: Path) -> None:
    folder = table.with_suffix("")
    folders, others = read_class(folder)
    step = find(table.stem.removesuffix("_sample"))
    plan = Plan(step=step, source=folder, out=tmp_path, workers=3, kind="box", seed=1)
    reports = grade(plan, folders, lambda report: None)
    assert {report.submission: summary(report) for report in reports} == tomllib.loads(
        table.read_text("utf-8")
    )
    assert not others


def test_there_is_a_class_for_the_readme() -> None:
    assert [table.stem for table in TABLES] == ["hw01_sample"]
    assert len(tomllib.loads(TABLES[0].read_text("utf-8"))) >= 14
