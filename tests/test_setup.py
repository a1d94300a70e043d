"""scripts/setup: what it says where something is missing that it cannot install."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.steps import ROOT

TOOLS = ("sh", "dirname", "uname", "id", "cmp", "cp", "rm", "env")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A PATH with the plainest tools: no apt-get, no bwrap, no Python."""
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"{tool} is needed"
        (tmp_path / tool).symlink_to(found)
    return tmp_path


def setup(*arguments: str, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(ROOT / "scripts" / "setup"), *arguments],
        env={"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_bubblewrap_it_says_what_to_install(bare: Path) -> None:
    done = setup("sandbox", path=str(bare))
    assert done.returncode == 2
    assert done.stderr == (
        "setup: bubblewrap is missing: apt-get install bubblewrap (as root), then run this again.\n"
    )


def test_where_nothing_is_missing_it_says_nothing() -> None:
    for what in ("sandbox", "venv", "extras"):
        done = setup(what, path=os.environ["PATH"])
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("arguments", [(), ("everything",)])
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    done = setup(*arguments, path=os.environ["PATH"])
    assert (done.returncode, done.stderr) == (2, "setup: usage: scripts/setup venv|sandbox|extras|browser\n")
