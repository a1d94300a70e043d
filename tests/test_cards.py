"""The lesson cards of the corpus are those of tests/cards; `make golden` rewrites them."""

import difflib
from collections.abc import Callable

import pytest

from grader.checks import table
from grader.engine import Local
from grader.outcome import Report
from grader.steps import Step, all_steps
from tests.cards import HERE, cards, dated, golden, page, races, steady
from tests.corpus import of_step

STEPS = all_steps()
AGAIN = 3  # times that a submission whose card differs is judged once more,
RACING = 8  # if no more than these differ: many never do by chance
Judged = Callable[[Step], dict[str, Report]]
every_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
ADVICE = (
    "If the wording is meant, run `make golden` and read the diff. If two runs differ because two programs race, "
    "name the card in tests/cards/races.toml."
)


def differs(step: Step, name: str, report: Report, wanted: str) -> bool:
    """Whether some card of this submission is not in the golden file."""
    return any(drawing not in wanted for _, drawing in cards(step, {name: report}))


def judged_again(step: Step, names: set[str]) -> dict[str, Report]:
    with Local(step, workers=2) as engine:
        jobs = [specimen.job() for specimen in of_step(step) if specimen.id in names]
        return {report.submission: report for report in engine.run(jobs)}


@every_step
def test_the_cards_are_the_golden_ones(step: Step, kept: Judged, pytestconfig: pytest.Config) -> None:
    found = page(step, kept(step))
    if pytestconfig.getoption("update_golden"):
        golden(step).write_text(found, "utf-8")
    wanted = golden(step).read_text("utf-8") if golden(step).exists() else ""
    reports = dict(kept(step))
    for _ in range(AGAIN):  # a race that nobody has seen yet: the golden card is one of its outcomes
        if found == wanted:
            return
        differing = {name for name in reports if differs(step, name, reports[name], wanted)}
        if len(differing) > RACING:
            break
        reports |= judged_again(step, differing)
        found = page(step, reports)
    difference = difflib.unified_diff(wanted.splitlines(), found.splitlines(), "golden", "now", lineterm="")
    assert found == wanted, "\n".join([ADVICE, *difference])


@every_step
def test_every_check_has_a_card_that_can_be_read(step: Step, kept: Judged) -> None:
    """A race may take some of a check's cards away, but not the last."""
    headings = {heading for heading, _ in cards(step, kept(step))}
    steady = {heading.partition(" · ")[0] for heading in headings - set(races(step))}
    unsteady = {heading.partition(" · ")[0] for heading in races(step)}
    assert steady | unsteady == {check.id for check in table(step)}


@every_step
def test_only_cards_that_there_are_can_race(step: Step, kept: Judged) -> None:
    assert set(races(step)) <= {heading for heading, _ in cards(step, kept(step))}


@every_step
def test_a_card_is_eighty_columns_wide(step: Step, kept: Judged) -> None:
    """But for the commands to copy, which are kept whole."""
    for heading, drawing in cards(step, kept(step)):
        wide = [line for line in drawing.splitlines() if len(line) > 80]
        assert all(line.startswith("python3 ") for line in wide), heading


def test_no_file_is_without_its_step() -> None:
    assert {path.stem for path in HERE.glob("*.txt")} <= {step.slug for step in STEPS}


PRINTED = """\
Connected by ('127.0.0.1', 45678), told to serve ('127.0.0.1', 8060)
127.0.0.1 - - [21/Mar/2031 00:59:33] "GET / HTTP/1.1" 200 -
Traceback (most recent call last):
  File "server.py", line 3, in serve
    return wrap(listener)
           ^^^^~~~~~~~~~~
  File "/usr/lib/python3.12/socket.py", line 5, in wrap
    raise error
OSError: gone
"""
STEADY = """\
Connected by ('127.0.0.1', PORT), told to serve ('127.0.0.1', 8060)
127.0.0.1 - - [06/Nov/1994 08:49:37] "GET / HTTP/1.1" 200 -
Traceback (most recent call last):
  File "server.py", line 3, in serve
    return wrap(listener)
OSError: gone
"""


def test_what_a_program_prints_is_kept_but_for_what_varies() -> None:
    assert steady(PRINTED) == STEADY
    assert steady(STEADY) == STEADY


@pytest.mark.parametrize("begin", ["", "Wed, ", "d, "])
def test_a_date_keeps_its_length_and_the_caret_its_place(begin: str) -> None:
    came = f"{begin}21 Mar 2031 00:59:33 GMT, last-modified"
    assert dated(came) == f"{'Sun, '[len('Sun, ') - len(begin) :]}06 Nov 1994 08:49:37 GMT, last-modified"
    assert len(dated(came)) == len(came)


@pytest.mark.parametrize("shown", ["Wed,", "Wed, ", "Wed, 21 Mar", "Wed, 21 Mar 2031 00:5"])
def test_a_date_that_is_cut_off_is_no_other_one_tomorrow(shown: str) -> None:
    kept = f"Date: {'Sun, 06 Nov 1994 08:49:37'[: len(shown)]} … 147 bytes in all"
    assert dated(f"Date: {shown} … 147 bytes in all") == kept
