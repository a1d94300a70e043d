"""Hints: three for every check, none for what does not exist, and the command that tells them one at a time."""

import re
import shlex
import subprocess
import sys

import pytest

from grader.checks import table
from grader.checks.hints import find_hint, hint_command, read_hints
from grader.cli import main
from grader.steps import ROOT, Step, all_steps, find

STEPS = all_steps()
LONGEST = 420  # characters: a hint is a few sentences, not a page
every_step = pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)


def complaints(told: tuple[str, ...]) -> list[str]:
    """What is wrong with the hints of one check."""
    rules = {
        "there are three": len(told) == 3,
        "they differ": len(set(told)) == len(told),
        "the first asks": told[:1] != () and "?" in told[0],
        "the last tells": told[-1:] != () and not told[-1].endswith("?"),
        "each is a sentence": all(re.fullmatch(r"\S.*[.?:`]", text) for text in told),
        "none is a page": all(len(text) <= LONGEST for text in told),
        "none shows code of several lines": not any("\n" in text for text in told),
    }
    return [rule for rule, holds in rules.items() if not holds]


@every_step
def test_every_check_has_its_hints_and_nothing_else_has(step: Step) -> None:
    assert list(read_hints(step)) == [check.id for check in table(step)]


@every_step
def test_three_hints_from_a_question_to_nearly_the_solution(step: Step) -> None:
    found = {id: complaints(told) for id, told in read_hints(step).items()}
    assert not {id: wrong for id, wrong in found.items() if wrong}


@every_step
def test_no_two_checks_share_a_hint(step: Step) -> None:
    told = [text for hints in read_hints(step).values() for text in hints]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        (("Why?", "Look."), "there are three"),
        (("Why?", "Look.", "Look."), "they differ"),
        (("Look.", "Look there.", "Do it."), "the first asks"),
        (("Why?", "Look.", "Done?"), "the last tells"),
        (("Why?", "", "Do it."), "each is a sentence"),
        (("Why?", "Look", "Do it."), "each is a sentence"),
        (("Why?", "Look.", "x" * LONGEST + "."), "none is a page"),
        (("Why?", "Look.\nThere.", "Do it."), "none shows code of several lines"),
    ],
)
def test_wrong_hints_are_complained_of(told: tuple[str, ...], rule: str) -> None:
    assert rule in complaints(told)


def test_a_right_row_has_no_complaints() -> None:
    assert complaints(("Why?", "Look.", "x" * (LONGEST - 1) + ".")) == []


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """The exit status of `grader hint ...`, and what it prints, its lines joined."""
    status = main(["hint", *words])
    captured = capsys.readouterr()
    return status, " ".join(captured.out.split()), captured.err


@pytest.fixture(autouse=True)
def not_under_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAKELEVEL", raising=False)


def test_each_hint_leads_to_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    """What a student types first, and then what each screen says to type."""
    told = read_hints(find("hw01"))["one_byte"]
    command = "python -m grader hint hw01 one_byte"
    for number, text in enumerate(told, 1):
        status, screen, _ = shown(capsys, *command.split()[4:])
        assert status == 0
        assert text in screen and f"hint {number} of 3" in screen
        assert not any(other in screen for other in told if other != text)
        command = f"python -m grader hint hw01 one_byte {number + 1}"
        assert (command in screen) == (number < 3)
    assert "This is the last one." in screen


def test_under_make_the_next_command_is_one_of_make(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAKELEVEL", "1")
    assert "make hint-hw01 K=one_byte N=3" in shown(capsys, "hw01", "one_byte", "2")[1]
    assert "python" not in shown(capsys, "hw01")[1]


@pytest.mark.parametrize(
    ("words", "arguments"),
    [("K=one_byte N=2", "hint hw01 one_byte 2"), ("K=one_byte", "hint hw01 one_byte"), ("N=2", "hint hw01")],
)
def test_the_target_of_make_runs_the_command(words: str, arguments: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", "--silent", "hint-hw01", *words.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shlex.split(done.stdout)[-len(arguments.split()) - 2 :] == ["-m", "grader", *arguments.split()]


def test_without_a_check_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    status, screen, _ = shown(capsys, "hw01")
    assert status == 0
    assert all(check.id in screen for check in table(find("hw01")))
    assert hint_command("hw01", "listens") in screen


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("hw01 one_bite", "There is no check 'one_bite' in hw01. Did you mean 'one_byte'?"),
        ("hw01 one_bite 2", "`python -m grader hint hw01` lists them."),
        ("hw01 ü", "There is no check 'ü' in hw01."),
        ("hw01 one_byte 0", "The hints for one_byte are numbered from 1 to 3: there is no hint 0."),
        ("hw01 one_byte 4", "there is no hint 4."),
        ("hw1 one_byte", "There is no step 'hw1'. Did you mean 'hw01'?"),
    ],
)
def test_wrong_use_is_one_sentence(words: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, screen, error = shown(capsys, *words.split())
    assert (status, screen) == (2, "")
    assert sentence in error
    assert len(error.splitlines()) == 1


def test_a_step_without_hints_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("grader.checks.hints.__file__", f"{tmp_path}/__init__.py")
    with pytest.raises(Exception, match=r"There are no hints for hw01 yet\."):
        find_hint(find("hw01"), "one_byte", 1)


def test_a_lesson_card_says_how_to_ask() -> None:
    starter = ROOT / "homework" / "hw01_echo"
    for folder, line in (
        ((), "make hint-hw01 K=listens"),
        ((str(starter),), "python -m grader hint hw01 listens"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "grader", "check", "hw01", *folder],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert re.search(rf"^ +a hint +{line}$", done.stdout, re.MULTILINE), done.stdout
