"""The grader is graded: every submission of the corpus gets what its header says, server kept or fresh."""

from collections.abc import Callable

import pytest

from grader.checks import table
from grader.outcome import Report
from grader.steps import Step, all_steps
from tests.corpus import SUBMISSIONS, Specimen, faulty_and_tolerant, sample
from tests.grading import verdict_of

Judged = Callable[[Step], dict[str, Report]]
CORPUS = list(faulty_and_tolerant())


@pytest.mark.parametrize("specimen", CORPUS, ids=lambda specimen: specimen.id)
def test_as_its_header_says(specimen: Specimen, kept: Judged) -> None:
    assert not specimen.differences(kept(specimen.step)[specimen.id])


@pytest.mark.parametrize(
    "specimen", [one for step in all_steps() for one in sample(step)], ids=lambda specimen: specimen.id
)
def test_a_fresh_server_for_every_check_changes_nothing(
    specimen: Specimen, kept: Judged, fresh: Judged
) -> None:
    found = fresh(specimen.step)[specimen.id]
    assert not specimen.differences(found)
    assert verdict_of(found) == verdict_of(kept(specimen.step)[specimen.id])


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
