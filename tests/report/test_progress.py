"""A class while it is judged."""

import io
import threading

import pytest
from rich.console import Console
from samples import EVIL, REPORTS, report

from grader.report.progress import Progress

CLASS = [REPORTS["all_pass"], REPORTS["several_failed"], REPORTS["not_gradable"], REPORTS["broken"]]


def shown(terminal: bool, most: int = 99) -> str:
    """What a console gets while a class is judged."""
    environ = {"TERM": "xterm"}
    file = io.StringIO()
    console = Console(file=file, width=80, force_terminal=terminal, legacy_windows=False, _environ=environ)
    with Progress(len(CLASS), console) as progress:
        for one in CLASS[:most]:
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
    assert "grace" not in written
    assert written.rstrip("\n").endswith("\x1b[2K")  # the bar is wiped


@pytest.mark.parametrize("terminal", [True, False])
def test_an_early_end_says_how_far_it_came(terminal: bool) -> None:
    assert "stopped after 2 of 4 submissions" in shown(terminal, 2)
    assert "stopped" not in shown(terminal)


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
