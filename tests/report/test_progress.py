"""A class while it is judged."""

import io
import threading
from dataclasses import replace

import pytest
from rich.console import Console
from samples import EVIL, REPORTS, report

from grader.outcome import Member, Refusal
from grader.report.progress import Progress

CLASS = [REPORTS["all_pass"], REPORTS["several_failed"], REPORTS["not_gradable"], REPORTS["broken"]]


def shown(terminal: bool, most: int = 99, before: int = 0) -> str:
    """What a console gets while a class is judged, of which some were judged before."""
    environ = {"TERM": "xterm"}
    file = io.StringIO()
    console = Console(file=file, width=80, force_terminal=terminal, legacy_windows=False, _environ=environ)
    with Progress(len(CLASS), console) as progress:
        progress.before(before)
        for one in CLASS[before:most]:
            progress.began(one.submission)
            progress.done(one)
    return file.getvalue()


def test_a_pipe_gets_a_plain_line_per_submission() -> None:
    assert shown(terminal=False).splitlines() == [
        "1/4  ada  graded  100  everything passes",
        "2/4  grace  graded  10  A short message comes back: it stops in the middle of the message: "
        "one recv() is not one message",
        "3/4  linus  not gradable  0  your program ended with exit status 1",
        "4/4  barbara  broken  -  the grader itself failed at “One mebibyte comes back”",
    ]


def test_a_terminal_gets_a_bar_and_what_could_not_be_graded() -> None:
    written = shown(terminal=True)
    assert "4/4" in written
    assert "linus" in written
    assert "barbara" in written
    assert "grace  graded" not in written
    assert written.rstrip("\n").endswith("\x1b[2K")  # the bar is wiped


def test_a_terminal_names_whose_programs_run() -> None:
    file = io.StringIO()
    console = Console(
        file=file, width=300, force_terminal=True, legacy_windows=False, _environ={"TERM": "xterm"}
    )
    with Progress(len(CLASS), console) as progress:
        for name in ("ada", "bob\nby", EVIL):
            progress.began(name)
        assert "judging ada, bob by, " in file.getvalue()
        progress.done(report(submission="ada"))
        progress.done(report(submission=EVIL))
    last = [line for line in file.getvalue().splitlines() if "judging" in line][-1]
    assert "judging bob by" in last and "ada" not in last
    assert "[red]x[/red]" in file.getvalue(), "a name is no markup"


def test_a_line_names_those_whose_work_it_is() -> None:
    file = io.StringIO()
    with Progress(1, Console(file=file)) as progress:
        progress.done(
            replace(CLASS[0], submission="17", members=(Member(id="3", name="Ada"), Member(id="4")))
        )
    assert "1/1  Ada; 4 (17)  graded  100" in file.getvalue()


@pytest.mark.parametrize("terminal", [True, False])
def test_a_run_that_goes_on_says_what_was_done_before(terminal: bool) -> None:
    assert "3 of 4 submissions were done before" in shown(terminal, before=3)
    assert "1 of 4 submissions was done before" in shown(terminal, before=1)
    assert "before" not in shown(terminal)
    assert "stopped after 2 of 4 submissions" in shown(terminal, most=2, before=1)
    assert shown(False, before=3).splitlines()[1].startswith("4/4  barbara")


@pytest.mark.parametrize("terminal", [True, False])
def test_an_early_end_says_how_far_it_came(terminal: bool) -> None:
    written = " ".join(shown(terminal, 2).split())
    assert "stopped after 2 of 4 submissions: the same command goes on from there" in written
    assert "stopped" not in shown(terminal)


@pytest.mark.parametrize("terminal", [True, False])
def test_a_run_that_was_refused_is_not_to_be_repeated(terminal: bool) -> None:
    file = io.StringIO()
    with pytest.raises(Refusal), Progress(4, Console(file=file, force_terminal=terminal)) as progress:
        raise Refusal("choose another --out")
    assert "stopped" not in file.getvalue()
    assert progress is not None


def test_it_needs_no_thread() -> None:
    console = Console(file=io.StringIO(), force_terminal=True)
    with Progress(1, console) as progress:
        assert threading.active_count() == 1
        progress.done(CLASS[0])


def test_a_hostile_name_is_one_harmless_line() -> None:
    file = io.StringIO()
    with Progress(1, Console(file=file)) as progress:
        progress.done(report(submission=f"a\n{EVIL}"))
    written = file.getvalue()
    assert written.count("\n") == 1
    assert "[red]x[/red]" in written
    assert all(character.isprintable() for character in written.rstrip("\n"))
