"""The student's command on systems that are not Linux, played on Linux (tests/elsewhere.py).

Not played: how their sockets, signals and processes behave. That takes the systems themselves.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.steps import ROOT
from tests.grading import SOLUTION, WAITS, hand_in

SYSTEMS = ("win32", "darwin")
Run = Callable[..., "subprocess.CompletedProcess[str]"]

# What the systems' own tools would say, from what Linux knows: a table of listeners, and the end of a tree.
NETSTAT = """\
#!{python}
for line in open("/proc/net/tcp").readlines()[1:]:
    _, local, _, state = line.split()[:4]
    address, port = local.split(":")
    address = ".".join(str(byte) for byte in reversed(bytes.fromhex(address)))
    if state == "0A":
        print({row})
"""
ROWS = {
    "win32": 'f"  TCP    {address}:{int(port, 16)}    0.0.0.0:0    LISTENING    4321"',
    "darwin": 'f"tcp4    0    0  {address}.{int(port, 16)}    *.*    LISTEN"',
}
TASKKILL = """\
#!{python}
import os, sys
assert sys.argv[1:4] == ["/F", "/T", "/PID"]
os.killpg(int(sys.argv[4]), 9)
"""


def tool(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture(params=SYSTEMS)
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Run:
    """Runs a command of the grader on that system."""
    system = request.param
    tools = tmp_path / "tools"
    tool(tools / "netstat", NETSTAT.format(python=sys.executable, row=ROWS[system]))
    tool(tools / "taskkill", TASKKILL.format(python=sys.executable))

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "tests.elsewhere", system, *arguments],
            cwd=ROOT,
            env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("--help", "usage: python -m grader"),
        ("check --help", "usage: python -m grader check"),
        ("list", "hw01"),
        ("list hw01", "import_starts_nothing"),
    ],
)
def test_what_needs_no_server_works(run: Run, command: str, shown: str) -> None:
    done = run(*command.split())
    assert (done.returncode, done.stderr) == (0, "")
    assert shown in done.stdout


def test_the_doctor_says_that_it_needs_linux(run: Run) -> None:
    done = run("doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert "this needs Linux" in done.stdout


@pytest.mark.parametrize("more", [(), ("--sandbox", "none")])
def test_a_class_needs_linux(run: Run, more: tuple[str, ...], tmp_path: Path) -> None:
    hand_in(tmp_path / "class" / "ada")
    done = run("grade", "hw01", str(tmp_path / "class"), "--out", str(tmp_path / "out"), *more)
    assert done.returncode == 2
    assert done.stderr == "grader: `grade` needs Linux, so nothing was graded. `check` works everywhere.\n"
    assert not (tmp_path / "out").exists()


def test_the_box_needs_linux(run: Run) -> None:
    done = run("check", "hw01", str(SOLUTION), "--sandbox", "box", "-k", "listens")
    assert done.returncode == 2
    assert done.stderr.startswith("grader: No sandbox here, so nothing was checked: this needs Linux.")
    assert (len(done.stderr.splitlines()), done.stdout) == (1, "")


def test_the_solution_gets_everything_by_the_clock(run: Run, tmp_path: Path) -> None:
    done = run("check", "hw01", str(SOLUTION), "--seed", "1", "--json", str(tmp_path / "report.json"))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert (report["score"], report["sandbox"], report["proof"]) == (100, "plain", False)
    assert "100 of 100 points" in done.stdout
    said = " ".join(done.stdout.split())
    assert "unofficial: there is no sandbox here" in said
    assert "clocks decided which waits were in vain" in said


@pytest.mark.parametrize("run", ["win32"], indirect=True)  # it takes the clock's five seconds
def test_a_server_that_hangs_fails_by_the_clock(run: Run, tmp_path: Path) -> None:
    done = run("check", "hw01", str(hand_in(tmp_path / "waits", WAITS)), "-k", "short_message")
    assert (done.returncode, done.stderr) == (1, "")
    assert "unofficial" in done.stdout and "clocks decided" in done.stdout
    assert "1 failed" in done.stdout
