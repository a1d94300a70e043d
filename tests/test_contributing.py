"""CONTRIBUTING.md is kept true: its lists name files that every step has, and every dependency has its line."""

import re
import tomllib

import pytest

from grader.steps import ROOT, Step, all_steps
from tests.test_imports import ROOMS

PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CODE = re.compile(r"`([^`]+)`")


def section(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def paths(text: str, step: Step) -> list[str]:
    """The paths that a numbered list names, for `step`."""
    names = [name for name in CODE.findall(text) if "/" in name or name.endswith(".md")]
    names = [name for name in names if " " not in name and "the_fault" not in name]
    return [
        name.replace("STEP", step.slug).replace("SHORT", step.short).replace("LECTURE", step.lecture)
        for name in names
    ]


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
@pytest.mark.parametrize("heading", ["Adding a check", "Adding a step"])
def test_what_the_lists_name_exists(heading: str, step: Step) -> None:
    items = re.findall(r"^\d+\. .*$", section(heading), re.MULTILINE)
    assert len(items) >= 6
    named = paths("\n".join(items), step)
    assert len(named) >= 4
    for name in named:
        assert (ROOT / name).exists(), f"CONTRIBUTING.md names {name}, which does not exist"


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {*project["dependencies"], *(name for extra in extras.values() for name in extra)}
    explained = re.findall(r"^\* `([\w-]+)`", section("Dependencies"), re.MULTILINE)
    assert sorted(explained) == sorted(re.split(r"[<>=]", name)[0] for name in wanted)


def test_the_rooms_are_the_rooms() -> None:
    listed = CODE.findall(next(line for line in PAGE.splitlines() if line.startswith("`cli`")))
    assert listed == [room for room in ROOMS if room != "__main__"]


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-browser.lock", "requirements-extras.lock"]
)
def test_the_lock_file_holds_no_address(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    assert "://" not in lock and "--index" not in lock and "--find-links" not in lock
    assert lock.count("--hash=sha256:") > 10
