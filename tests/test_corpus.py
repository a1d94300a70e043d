"""The grader is graded: every submission of the corpus gets what its header says, server kept or fresh."""

from collections.abc import Callable
from functools import partial

import pytest

from grader.checks import table
from grader.engine import Local
from grader.outcome import Report
from grader.plugin.judging import Job
from grader.steps import Step, all_steps
from tests.corpus import SUBMISSIONS, Specimen, faulty_and_tolerant
from tests.grading import verdict_of

Judged = dict[str, Report]


def judge_all(specimens: list[Specimen], job: Callable[[Specimen], Job], workers: int = 3) -> Judged:
    """Each specimen's report, by its id."""
    reports: Judged = {}
    for step in {specimen.step for specimen in specimens}:
        jobs = (job(specimen) for specimen in specimens if specimen.step == step)
        with Local(step, workers) as engine:
            reports |= {report.submission: report for report in engine.run(jobs)}
    return reports


CORPUS = list(faulty_and_tolerant())


@pytest.fixture(scope="module")
def kept() -> Judged:
    return judge_all(CORPUS, Specimen.job)


@pytest.fixture(scope="module")
def fresh() -> Judged:
    return judge_all(CORPUS, partial(Specimen.job, fresh=True))


@pytest.mark.parametrize("specimen", CORPUS, ids=lambda specimen: specimen.id)
def test_as_its_header_says(specimen: Specimen, kept: Judged) -> None:
    assert not specimen.differences(kept[specimen.id])


@pytest.mark.parametrize("specimen", CORPUS, ids=lambda specimen: specimen.id)
def test_a_fresh_server_for_every_check_changes_nothing(
    specimen: Specimen, kept: Judged, fresh: Judged
) -> None:
    assert not specimen.differences(fresh[specimen.id])
    assert verdict_of(fresh[specimen.id]) == verdict_of(kept[specimen.id])


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
def test_every_check_has_a_fault_that_only_it_catches(step: Step) -> None:
    alone = {
        next(iter(specimen.fails))
        for specimen in CORPUS
        if specimen.step == step and len(specimen.fails) == 1
    }
    assert {check.id for check in table(step)} - alone == set()


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
def test_there_are_tolerant_ones(step: Step) -> None:
    assert len(list((SUBMISSIONS / "tolerant" / step.slug).iterdir())) >= 5
