"""The screens, compared with the files under golden/ (`make golden` rewrites them), and what no screen may do."""

import io
import re
from dataclasses import replace
from functools import partial

import pytest
from golden import DRAWN, GOLDEN
from rich.console import Console
from samples import CARDS, EVIL, HOSTILE, REPORTS, TABLE, failure, report

from grader.outcome import Outcome, Status
from grader.report.card import NOTICED, card
from grader.report.classroom import class_listing
from grader.report.pen import Pen
from grader.report.screens import ReportScreen
from grader.report.tables import Listing
from grader.report.terminal import make_console, show, show_report
from grader.report.text import class_text, drawn, report_text
from grader.wire.transcript import Action


@pytest.mark.parametrize("name", DRAWN)
def test_the_screen_is_the_golden_one(name: str, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("update_golden"):
        (GOLDEN / f"{name}.txt").write_text(DRAWN[name](), "utf-8")
    assert DRAWN[name]() == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_every_golden_file_is_of_a_screen() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(DRAWN)


@pytest.mark.parametrize("width", [80, 100, 200])
@pytest.mark.parametrize("name", CARDS)
def test_a_card_keeps_to_the_width(name: str, width: int) -> None:
    lines = drawn(ReportScreen(report(failure(name))), width).splitlines()
    too_wide = [line for line in lines if len(line) > min(width, 100)]
    assert all(line.startswith("python3 -c ") or "[red]" in line for line in too_wide)  # to copy: kept whole
    assert len(too_wide) <= 1


@pytest.mark.parametrize("width", [1, 20, 40])
@pytest.mark.parametrize("name", REPORTS)
def test_a_tiny_window_is_no_error(name: str, width: int) -> None:
    assert "4711" in drawn(ReportScreen(REPORTS[name]), width).replace("\n", "").replace(" ", "")


def terminal(encoding: str = "utf-8", **settings: object) -> Console:
    """A colour terminal of 80 columns."""
    settings = {"color_system": "truecolor", "_environ": {"TERM": "xterm"}} | settings
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    return Console(file=file, force_terminal=True, width=80, legacy_windows=False, **settings)


def printed_on(console: Console, screen: object) -> bytes:
    """What reaches the terminal."""
    show(screen, console)
    console.file.flush()
    return console.file.buffer.getvalue()


def test_nothing_hostile_reaches_the_terminal() -> None:
    """Only our own colours do: what a student wrote is literal text, of bounded length."""
    hostile = report(failure("hostile"), submission=EVIL, notes=(EVIL,))
    screens = printed_on(terminal(), ReportScreen(hostile, EVIL)) + printed_on(
        terminal(), Listing(partial(class_listing, [hostile]))
    )
    written = re.sub(r"\x1b\[[0-9;]*m", "", screens.decode())
    assert all(character.isprintable() or character == "\n" for character in written)
    assert "[red]x[/red] :smile:" in written
    assert "[link=http://e.test]y[/link]" in written
    assert len(written) < 40_000
    assert "\x1b[31mred" not in screens.decode()


def test_colours_do_not_change_what_is_written() -> None:
    for sample in REPORTS.values():
        coloured = printed_on(terminal(), ReportScreen(sample)).decode()
        plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
        assert coloured != plain
        assert [line.rstrip() for line in plain.splitlines()] == drawn(ReportScreen(sample), 80).splitlines()


def test_no_color_leaves_no_colour() -> None:
    screens = printed_on(
        terminal(_environ={"TERM": "xterm", "NO_COLOR": "1"}), ReportScreen(REPORTS["one_failed"])
    )
    assert b"\x1b[1m" in screens  # bold is no colour
    assert not any(b"\x1b[%d" % number in screens or b";%dm" % number in screens for number in range(30, 48))


def test_a_pipe_gets_no_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    show_report(REPORTS["one_failed"], make_console(), again="make check-hw01")
    written = capsys.readouterr().out
    assert "\x1b" not in written
    assert "check it again:  make check-hw01" in written


def test_a_long_command_stays_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    command = "python -m grader check hw01 " + "submissions/of/a/class/" * 9
    show_report(REPORTS["one_failed"], make_console(), again=command)
    assert f"check it again:  {command}\n" in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_the_letters_gets_ascii(encoding: str) -> None:
    for sample in REPORTS.values():
        printed_on(terminal(encoding), ReportScreen(sample, "make check-hw01")).decode("ascii")
    written = printed_on(terminal(encoding), ReportScreen(REPORTS["unofficial"])).decode("ascii")
    assert r"hello, echo\r\n" in written


def test_a_kept_back_card_tells_only_its_title() -> None:
    written = report_text(REPORTS["kept_back"])
    assert "One byte comes back" in written
    assert "recv()" not in written
    assert "UnicodeDecodeError" not in written


def test_our_own_trouble_is_not_shown() -> None:
    assert "Errno" not in report_text(REPORTS["broken"])
    assert "no score" in report_text(REPORTS["broken"])


def test_every_check_is_accounted_for() -> None:
    """Passed, failed, blocked or broken: a reader finds each check once at least, by id or by title."""
    for sample in REPORTS.values():
        written = " ".join(report_text(sample).split())
        for row in TABLE:
            assert row.id in written or row.title in written


def test_a_broken_submission_has_no_score_in_the_class() -> None:
    broken = REPORTS["broken"]
    assert broken.status is Status.BROKEN
    line = next(line for line in class_text([broken]).splitlines() if line.startswith("barbara"))
    assert str(broken.score) not in line
    assert "1 broken" in class_text([broken])


def test_the_first_failure_is_in_words() -> None:
    line = " ".join(class_text([REPORTS["several_failed"]]).split())
    assert "grace graded 10 A short message comes back: it stops in the middle" in line


def test_an_empty_class_is_a_table_without_rows() -> None:
    assert "0 submissions" in class_text([])


def test_cards_say_everything_that_they_hold() -> None:
    """Each text of a card is on the screen."""
    pen = Pen(Console(width=100), 100, ascii=False)
    for name, (_row, lesson) in CARDS.items():
        written = " ".join("\n".join(line.plain for line in card(failure(name), "hw01_echo", pen)).split())
        if lesson is HOSTILE:
            continue
        for said in (lesson.expected, lesson.got, lesson.fault, lesson.diagnosis, lesson.read, lesson.again):
            assert said in written
        assert all(" ".join(line.split()) in written for line in lesson.where)
        assert all(
            " ".join(line.split()) in written.replace("│ ", "") for line in lesson.printed.splitlines()[-1:]
        )


def test_samples_have_every_outcome() -> None:
    assert {one.outcome for sample in REPORTS.values() for one in sample.results} == set(Outcome)


def test_the_exchange_knows_the_actions_of_the_wire() -> None:
    """What card.py says about an action by name, the transcript really says."""
    assert set(Action) >= NOTICED | {"sends", "connects", "is started"}


@pytest.mark.parametrize(("name", "said"), [("unofficial", True), ("missing", False)])
def test_only_what_was_judged_can_be_unofficial(name: str, said: bool) -> None:
    written = report_text(replace(REPORTS[name], sandbox="plain", proof=False))
    assert ("unofficial" in written) == ("clocks decided" in written) == said
