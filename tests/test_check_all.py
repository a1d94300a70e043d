"""`make check-all`, held from both sides: every step is whole, and a step that is not would be told apart."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.judge import not_gradable
from grader.outcome import Outcome, Report, Status, Submission
from grader.plugin.judging import Job
from grader.steps import ROOT, Step, all_steps, find
from tests.check_all import SOLUTION, STARTER, Row, before, judged, problems, rows, submissions

STEPS = all_steps()
STEP = find("hw01")
JOB = Job(submission=Submission(name=STARTER, files={}), step=STEP, seed=1)
ROW = Row(starter=())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_a_step_is_whole(step: Step) -> None:
    reports = judged(step, before(step, STEPS))
    assert not list(problems(step, rows().get(step.slug), reports))


def test_the_table_names_no_step_that_does_not_exist() -> None:
    assert set(rows()) <= {step.slug for step in STEPS}


@pytest.mark.parametrize("row", [ROW, Row(("a",), ()), Row(("a", "b"), ("c",))])
def test_a_row_writes_the_line_that_it_is_read_from(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    class Table:
        read_text = staticmethod(lambda encoding: row.line("hw99_last"))

    monkeypatch.setattr("tests.check_all.TABLE", Table)
    assert rows() == {"hw99_last": row}


def test_the_solution_before_is_that_of_the_same_program() -> None:
    ladder = [
        replace(STEP, slug=slug, files=files)
        for slug, files in (
            ("hw01_echo", ("server.py",)),
            ("hw02_hello_app", ("app.py",)),
            ("hw03_response", ("server.py",)),
            ("hw04_request", ("server.py", "request.py")),
            ("hw10_toolkit", ("app.py",)),
        )
    ]
    first, app, third, fourth, toolkit = ladder
    assert [before(step, ladder) for step in ladder] == [None, None, first, third, app]
    assert before(toolkit, [fourth, toolkit]) is None


def test_what_the_solution_before_lacks_comes_from_the_starter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.check_all.ROOT", tmp_path)
    for slug in (STEP.slug, "hw00_before"):
        (tmp_path / "solutions" / slug).mkdir(parents=True)
        (tmp_path / "solutions" / slug / "server.py").write_text(slug)
    starter, solution, old = submissions(STEP, replace(STEP, slug="hw00_before"))
    assert [solution.files["server.py"], old.files["server.py"]] == [b"hw01_echo", b"hw00_before"]
    assert old.files["README.md"] == starter.files["README.md"]


@pytest.fixture(scope="module")
def whole() -> dict[str, Report]:
    return judged(STEP, None)


def with_first(report: Report, **parts: object) -> Report:
    """The report, with these parts of its first result changed."""
    return replace(report, results=(replace(report.results[0], **parts), *report.results[1:]))


def with_card(report: Report, **parts: str) -> Report:
    """The report, with these parts of its first card changed."""
    return with_first(report, card=replace(report.results[0].card, **parts))


OURS = 'Traceback (most recent call last):\n  File "/course/grader/world/watch.py", line 3, in look\nOSError'
COMMAND = 'Traceback (most recent call last):\n  File "<string>", line 1, in <module>\nKeyError'
DRIVER = 'Traceback (most recent call last):\n  File "<string>", line 12, in <module>\nKeyError'
LIBRARY = 'Traceback (most recent call last):\n  File "/usr/lib/python3.11/socket.py", line 3, in x\nOSError'

# Who is changed, how, and what is said of it.
SPOILED: dict[str, tuple[str, Callable[[Report], Report], str]] = {
    "a solution without a point": (SOLUTION, lambda it: replace(it, score=94), "the solution has 94 points"),
    "a solution that fails": (
        SOLUTION,
        lambda it: with_first(it, outcome=Outcome.FAIL),
        "the solution has 100 points, without listens",
    ),
    "a starter that passes": (
        STARTER,
        lambda it: with_first(it, outcome=Outcome.PASS),
        'its line is:\nhw01_echo = { starter = ["listens"] }',
    ),
    "a starter that is finished": (STARTER, lambda it: replace(it, score=100), "the starter has every point"),
    "a broken report": (
        STARTER,
        lambda it: replace(it, status=Status.BROKEN, reason="lost"),
        "the starter: the grader failed: lost",
    ),
    "a broken check": (
        STARTER,
        lambda it: with_first(it, outcome=Outcome.BROKEN, trouble="Traceback\nKeyError: 1"),
        "the starter: listens is broken: KeyError: 1",
    ),
    "no reason": (STARTER, lambda it: replace(it, reason=""), "without a reason"),
    "no card": (STARTER, lambda it: with_first(it, card=None), "the starter: listens fails without words"),
    "an empty card": (STARTER, lambda it: with_card(it, got=""), "the starter: listens fails without words"),
    "our traceback": (
        STARTER,
        lambda it: with_card(it, printed=OURS),
        "shows a line that is not the student's: /course/grader/world/watch.py",
    ),
    "our driver's line": (
        STARTER,
        lambda it: with_card(it, printed=DRIVER),
        "shows a line that is not the student's: <string>",
    ),
    "our line": (
        STARTER,
        lambda it: with_card(it, where=("worker.py:9  app(environ, start)",)),
        "shows a line that is not the student's: worker.py",
    ),
    "not judged": (
        STARTER,
        lambda it: not_gradable(replace(JOB, submission=replace(JOB.submission, reason="no server.py"))),
        "the starter: it was not judged: no server.py",
    ),
    "blocked by nobody": (
        STARTER,
        lambda it: replace(it, results=(it.results[0], replace(it.results[1], blocked_by=""))),
        "no check is named that blocks it",
    ),
}


def test_a_whole_step_has_no_problem(whole: dict[str, Report]) -> None:
    assert not list(problems(STEP, ROW, whole))


@pytest.mark.parametrize("printed", [LIBRARY, COMMAND])
def test_a_line_of_the_library_or_of_the_command_is_no_problem(
    printed: str, whole: dict[str, Report]
) -> None:
    reports = whole | {STARTER: with_card(whole[STARTER], printed=printed)}
    assert not list(problems(STEP, ROW, reports))


@pytest.mark.parametrize(("who", "spoil", "said"), SPOILED.values(), ids=SPOILED)
def test_a_spoiled_step_is_told(
    who: str, spoil: Callable[[Report], Report], said: str, whole: dict[str, Report]
) -> None:
    found = list(problems(STEP, ROW, whole | {who: spoil(whole[who])}))
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize("row", [None, Row(("one_byte",)), Row((), ())])
def test_a_table_that_says_otherwise_is_told(row: Row | None, whole: dict[str, Report]) -> None:
    (problem,) = problems(STEP, row, whole)
    assert problem.endswith("\nhw01_echo = { starter = [] }")


def test_the_solution_before_must_fail_something(whole: dict[str, Report]) -> None:
    passes = tuple(result.id for result in whole[SOLUTION].results)
    found = list(problems(STEP, Row((), passes), whole | {"hw00_before": whole[SOLUTION]}))
    assert found == ["hw00_before has every point: nothing is new"]


def test_the_command_prints_a_line_for_each_step() -> None:
    done = subprocess.run(
        ["make", "--dry-run", "check-all"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    command = re.findall(r"(\S+python -m tests\.check_all)", done.stdout)[-1]
    done = subprocess.run([*command.split(), "hw01"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [
        "hw01_echo         the starter 0 · the solution 100",
        "1 step: all as they should be",
    ]
    assert done.returncode == 0
