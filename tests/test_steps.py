"""The table of steps: its files, its names, and what is said to somebody who mistypes one."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader.checks import table
from grader.steps import ROOT, Limits, Step, UnknownStep, all_steps, find, load

STEPS = all_steps()


def test_there_are_steps_in_order() -> None:
    assert [step.number for step in STEPS] == sorted(step.number for step in STEPS)
    assert STEPS[0].slug == "hw01_echo"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_a_step_is_whole(step: Step) -> None:
    assert find(step.slug) == find(step.short) == step
    assert (ROOT / "lectures" / step.lecture / "README.md").is_file()
    for file in step.files:
        assert (ROOT / "homework" / step.slug / file).is_file()
        assert (ROOT / "solutions" / step.slug / file).is_file()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.slug)
def test_the_table_of_checks_is_sound(step: Step) -> None:
    checks = table(step)
    ids = [check.id for check in checks]
    assert len(set(ids)) == len(ids)
    assert sum(check.points for check in checks) == 100
    assert checks[0].gate and not checks[0].after
    for check in checks:
        assert check.title and check.rule and check.read, (
            f"{check.id} lacks a title, a rule or a place to read"
        )
        assert all(ids.index(first) < ids.index(check.id) for first in check.after), (
            "a check comes before its cause"
        )
        assert check.gate or check.after, f"{check.id} hangs in the air: it needs at least the gate"


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("hw1", "hw01"), ("hw01_eco", "hw01_echo"), ("HW01", "hw01"), ("echo", "hw01_echo")],
)
def test_an_unknown_step_names_the_nearest(typed: str, nearest: str) -> None:
    with pytest.raises(UnknownStep, match=f"Did you mean '{nearest}'"):
        find(typed)


WHOLE = 'title = "T"\nfiles = ["server.py"]\nrun = "R"\nlecture = "L"\n'


@pytest.mark.parametrize(
    "wrong",
    ['title = "x"\n', WHOLE + "nonsense = 1\n", WHOLE + "[limits]\nnonsense = 1\n"],
    ids=["a key is missing", "a key is unknown", "a limit is unknown"],
)
def test_a_wrong_step_toml_is_refused(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "step.toml").write_text(wrong)
    with pytest.raises(ValueError, match=r"step\.toml needs exactly"):
        load(tmp_path)


def test_the_command_line_is_that_of_step_toml() -> None:
    assert find("hw01").arguments("127.0.0.1", 8000) == ("server.py", "127.0.0.1", "8000")
    other = replace(find("hw01"), run="python3 server.py HOST PORT app:app")
    assert other.arguments("::1", 80) == ("server.py", "::1", "80", "app:app")


def test_a_limit_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "step.toml").write_text(WHOLE + "[limits]\ncpu_seconds = 7.5\n")
    assert load(tmp_path).limits == replace(Limits(), cpu_seconds=7.5)
