"""README.md is kept true: its ladder, its folders, its links, and what it shows of a run."""

import re
import subprocess
import sys
from functools import cache

import pytest

from grader.steps import ROOT, all_steps

PAGE = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.findall(r"^```text (.+?)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
LADDER = re.findall(r"^\| (hw\d\d_\w+) \| .* \| (.*) \|$", PAGE, re.MULTILINE)


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@cache
def output(command: str) -> str:
    """What the command prints. `make X` stands for the command of the target, without its set-up."""
    words = command.split()
    if words[0] == "make":
        made = run(["make", "--dry-run", "--silent", *words[1:]])
        words = re.findall(r"-m grader (.*?)(?: \|\||$)", made.stdout, re.MULTILINE)[0].split()
    else:
        words = words[words.index("grader") + 1 :]
    return run([sys.executable, "-m", "grader", *words]).stdout


@pytest.mark.parametrize(("command", "block"), SHOWN, ids=[command for command, _ in SHOWN])
def test_what_is_shown_is_what_is_printed(command: str, block: str) -> None:
    """Every line of the block stands in the output, in this order; "…" stands for lines left out."""
    printed = iter(output(command).splitlines())
    for line in block.splitlines():
        if line.strip() != "…":
            assert line.rstrip() in (other.rstrip() for other in printed), (
                f"{line!r} is not printed, or not here"
            )


def test_two_runs_are_shown() -> None:
    assert len(SHOWN) == 2


def test_the_ladder_names_every_step_and_marks_those_that_exist() -> None:
    assert [slug[:4] for slug, _ in LADDER] == [f"hw{number:02}" for number in range(1, 13)]
    existing = {step.slug for step in all_steps()}
    for slug, state in LADDER:
        assert (state == "planned") == (slug not in existing), slug


def test_every_folder_has_its_row() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    tracked = run(["git", "ls-files"]).stdout.splitlines()
    assert rows == {name.partition("/")[0] for name in tracked if "/" in name and not name.startswith(".")}


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "grader/README.md"])
def test_links_lead_somewhere(page: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text("utf-8")):
        assert "://" in link or (ROOT / page).parent.joinpath(link).exists(), f"{page} links to {link}"


@pytest.mark.parametrize("target", re.findall(r"^make ([\w-]+)", PAGE, re.MULTILINE))
def test_every_make_command_of_the_page_exists(target: str) -> None:
    done = run(["make", "--dry-run", target])
    assert done.returncode == 0, done.stderr


def test_make_alone_prints_every_target_that_is_for_people() -> None:
    shown = run(["make"]).stdout
    for target in (
        "grade",
        "test",
        "check-%",
        "hint-%",
        "check-all",
        "lecture-%",
        "doctor",
        "bench",
        "diffs",
        "golden",
    ):
        assert f"make {target} " in shown
