"""The autograder for Gradescope: what is in the zip, and what run_autograder does with good and with hostile work.

A container of Gradescope's is played by a folder. Programs run as nobody there, so the folder lies where that user can
see it, and only root can play.
"""

import io
import json
import os
import shutil
import stat
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cli import main
from grader.report.exports.archive import autograder
from grader.report.exports.gradescope import pessimistic
from grader.steps import ROOT, all_steps, find
from tests.grading import RIGHT, SERVER, STEP

VENV = ROOT / ".venv"
as_root = pytest.mark.skipif(
    os.geteuid() != 0 or not (VENV / "bin" / "python").exists(),
    reason="only root can give up root's rights",
)


@pytest.fixture
def place() -> Iterator[Path]:
    """/autograder, as Gradescope sets it up, but with our own libraries."""
    with tempfile.TemporaryDirectory(prefix="autograder", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with zipfile.ZipFile(io.BytesIO(autograder(STEP))) as archive:
            archive.extractall(folder / "source")
        (folder / "source" / "course" / ".venv").symlink_to(VENV)
        shutil.copy(folder / "source" / "run_autograder", folder)
        (folder / "run_autograder").chmod(0o755)
        (folder / "submission").mkdir()
        yield folder


def run(
    place: Path, program: bytes | None, path: str = os.environ["PATH"]
) -> "subprocess.CompletedProcess[str]":
    """Runs the autograder over one submission."""
    if program is not None:
        (place / "submission" / "server.py").write_bytes(program)
    return subprocess.run(
        [place / "run_autograder"], cwd="/", env={"PATH": path}, capture_output=True, text=True, check=False
    )


def without_bubblewrap(place: Path) -> str:
    """A PATH with all that the scripts need but for bwrap, as in a container that has no sandbox."""
    tools = place / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "mkdir", "cp", "mv", "cat", "python3"):
        (tools / name).symlink_to(str(shutil.which(name)))
    return str(tools)


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
def test_the_zip_holds_what_the_step_needs(step: object, tmp_path: Path) -> None:
    found = find(str(step.slug))  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(autograder(found))) as archive:
        names = archive.namelist()
        modes = {entry.filename: stat.S_IMODE(entry.external_attr >> 16) for entry in archive.infolist()}
        archive.extractall(tmp_path)
    assert modes["setup.sh"] == modes["run_autograder"] == modes["course/scripts/setup"] == 0o755
    assert modes["course/grader/judge.py"] == 0o644
    assert {name.partition("/")[0] for name in names} == {
        "setup.sh",
        "run_autograder",
        "pessimistic.json",
        "course",
    }
    assert not [name for name in names if "solutions" in name or "__pycache__" in name or "/tests/" in name]
    assert [name for name in names if name.startswith("course/homework")] == [
        f"course/homework/{found.slug}/step.toml"
    ]
    listed = subprocess.run(
        [VENV / "bin" / "python", "-m", "grader", "list", found.short],
        cwd=tmp_path / "course",
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
    )
    assert b"100 points" in listed.stdout
    for script in ("setup.sh", "run_autograder"):
        subprocess.run(["sh", "-n", tmp_path / script], check=True)
    assert f"gradescope-run {found.short} " in (tmp_path / "run_autograder").read_text()


def test_the_same_course_gives_the_same_zip(tmp_path: Path) -> None:
    assert main(["gradescope-zip", "hw01", "--output", str(tmp_path / "a.zip")]) == 0
    assert (tmp_path / "a.zip").read_bytes() == autograder(STEP)
    assert autograder(find("hw02")) != autograder(STEP)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_before_the_verdict_there_is_one_that_earns_nothing(place: Path) -> None:
    (place / "source" / "course" / ".venv").unlink()
    python = place / "source" / "course" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nkill -9 $$\n")
    python.chmod(0o755)
    assert run(place, RIGHT).returncode == -9
    assert (place / "results" / "results.json").read_bytes() == pessimistic()
    assert [path.name for path in (place / "results").iterdir()] == ["results.json"]


@as_root
def test_a_right_program_and_one_that_is_missing(place: Path) -> None:
    missing = run(place, None)
    found = json.loads((place / "results" / "results.json").read_bytes())
    assert missing.returncode == 0 and found["score"] == 0
    assert "server.py is missing" in found["output"]
    assert run(place, RIGHT).returncode == 0, "the second run replaces the first one's result"
    found = json.loads((place / "results" / "results.json").read_bytes())
    assert found["score"] == 100 and {test["status"] for test in found["tests"]} == {"passed"}
    assert stat.S_IMODE((place / "results").stat().st_mode) == 0o700


# Tries everything at which a program of the judge's own user could get; then serves as it should.
REACHES = b"""\
import os, sys
found = ["user %%d" %% os.getuid()]
def attempt(name, mode):
    try:
        with open(name, mode): found.append("opened " + name)
    except OSError: pass
judge = os.getpid()
for _ in range(6):
    judge = int(open(f"/proc/{judge}/stat").read().rpartition(")")[2].split()[1])
    if judge < 2: break
    found.append("saw")
    attempt(f"/proc/{judge}/mem", "r+b")
    attempt(f"/proc/{judge}/environ", "rb")
    try: found += [f"listed {fd}" for fd in os.listdir(f"/proc/{judge}/fd")]
    except OSError: pass
place = %r
attempt(place + "/results/results.json", "r+b")
attempt(place + "/results/other.json", "wb")
attempt(place + "/source/course/grader/judge.py", "r+b")
attempt(place + "/run_autograder", "r+b")
with open(place + "/found", "w") as file: file.write("\\n".join(found))
"""


@as_root
def test_without_a_sandbox_it_says_so_and_holds_all_the_same(place: Path) -> None:
    (place / "found").touch()
    (place / "found").chmod(0o666)
    done = run(place, REACHES % str(place) + RIGHT, without_bubblewrap(place))
    assert done.returncode == 0, done.stderr
    found = (place / "found").read_text().splitlines()
    assert found[0] == "user 65534" and set(found[1:]) == {"saw"}
    table = json.loads((place / "results" / "results.json").read_bytes())
    assert table["score"] == 100
    assert "no sandbox in this container (sandbox: " in table["output"] and "ran as nobody" in table["output"]
    assert "no sandbox in this container" in done.stdout


@as_root
def test_who_kills_the_judge_gets_no_score(place: Path) -> None:
    kills = b"import os, signal; os.kill(os.getppid(), signal.SIGKILL)\n" + SERVER % b"connection.close()"
    done = run(place, kills, without_bubblewrap(place))
    assert done.returncode == 2 and done.stderr == "No verdict: the judge was lost\n"
    assert list((place / "results").iterdir()) == []


@as_root
def test_only_root_can_give_up_its_rights(place: Path) -> None:
    done = subprocess.run(
        [VENV / "bin" / "python", "-m", "grader", "gradescope-run", "hw01", place],
        cwd=ROOT,
        user="nobody",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and "start it as root" in done.stderr
