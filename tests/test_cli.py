"""The commands: exit statuses, and one sentence for every wrong use. Nothing of ours is ever a traceback."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cli import main
from grader.steps import ROOT

SOLUTION = ROOT / "solutions" / "hw01_echo"
STARTER = ROOT / "homework" / "hw01_echo"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m grader` as a process: judging moves the process it happens in to another namespace."""
    return subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_right_submission_passes() -> None:
    done = run("check", "hw01", str(SOLUTION))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "100 of 100 points" in done.stdout
    assert not done.stderr


def test_the_starter_fails_with_a_sentence() -> None:
    done = run("check", "hw01")
    assert done.returncode == 1
    assert "NotImplementedError" in done.stdout
    assert "0 of 100 points" in done.stdout
    assert "grader/" not in done.stdout.replace("python -m grader", ""), "a line of ours came through"
    assert not done.stderr


def test_the_report_as_json(tmp_path: Path) -> None:
    done = run("check", "hw01", str(SOLUTION), "-k", "one_byte", "--json", "-", "--seed", "5")
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["seed"] == 5
    assert [result["id"] for result in report["results"]][-1] == "one_byte"
    done = run(
        "check", "hw01", str(SOLUTION), "-k", "one_byte", "--json", str(tmp_path / "r.json"), "--seed", "5"
    )
    assert json.loads((tmp_path / "r.json").read_text())["score"] == report["score"]
    assert "points" in done.stdout


def test_a_check_can_be_boxed_and_plain() -> None:
    for sandbox, words in (("box", "box"), ("none", "plain"), ("auto", "world")):
        done = run("check", "hw01", str(SOLUTION), "-k", "one_byte", "--json", "-", "--sandbox", sandbox)
        report = json.loads(done.stdout)
        assert (done.returncode, report["sandbox"]) == (0, words), done.stderr


def test_nothing_is_coloured_when_not_on_a_terminal() -> None:
    assert "\x1b" not in run("check", "hw01", str(SOLUTION)).stdout
    assert "\x1b" not in run("list", "hw01").stdout


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["grade", "--help"], ["list", "--help"]]
)
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit:
        main(arguments)
    assert exit.value.code == 0
    assert "usage: python -m grader" in capsys.readouterr().out


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert "hw01" in capsys.readouterr().out
    assert main(["list", "hw01"]) == 0
    shown = capsys.readouterr().out
    assert "one_byte" in shown and "MUST" in shown


def class_of(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        (folder / name).mkdir()
    return folder


@pytest.fixture
def wrong(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Paths with something wrong about them."""
    full = class_of(tmp_path / "class", "ada")
    (full / "ada" / "server.py").write_bytes((SOLUTION / "server.py").read_bytes())
    (tmp_path / "link").symlink_to(full / "ada")
    (tmp_path / "file").write_text("")
    yield {
        "none": str(tmp_path / "none"),
        "empty": str(class_of(tmp_path / "empty")),
        "class": str(full),
        "link": str(tmp_path / "link"),
        "file": str(tmp_path / "file"),
        "out": str(tmp_path / "out"),
        "solution": str(SOLUTION),
    }


WRONG_USE = (
    ("check hw1", "There is no step 'hw1'. Did you mean 'hw01'?"),
    ("grade echo {class} --out {out}", "Did you mean 'hw01_echo'?"),
    ("list hw_01", "Did you mean 'hw01'?"),
    ("check hw01 {none}", "There is no folder"),
    ("check hw01 {empty}", "server.py is missing (the folder is empty)"),
    ("check hw01 {link}", "the submission is a symbolic link: hand in the folder itself"),
    ("check hw01 {solution} -k umbrella", "-k 'umbrella' names no check. There are: listens"),
    ("check hw01 {solution} -k one+byte", "is no expression"),
    ("check hw01 {solution} -k one_byte --json {none}/report.json", "Cannot write the report"),
    ("grade hw01 {class}", "Where are the results to go? Name a folder with --out, or say --dry-run."),
    ("grade hw01 {none} --out {out}", "There is no folder"),
    ("grade hw01 {file} --out {out}", "There is no folder"),
    ("grade hw01 {empty} --out {out}", "No submissions in"),
    ("grade hw01 {class} --out {out} --jobs 0", "--jobs must be at least 1."),
    ("grade hw01 {class} --out {file}", "Cannot write the results to"),
    ("grade hw01 {class} --out {file}/deeper", "Cannot write the results to"),
)


@pytest.mark.parametrize(("words", "sentence"), WRONG_USE, ids=[words for words, _ in WRONG_USE])
def test_wrong_use_is_one_sentence(words: str, sentence: str, wrong: dict[str, str]) -> None:
    done = run(*words.format(**wrong).split())
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr + done.stdout


def test_our_own_failure_is_a_sentence_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.cli.shown.find", lambda name: 1 / 0)
    assert main(["list", "hw01"]) == 2
    shown = capsys.readouterr().err
    assert "the grader itself failed (ZeroDivisionError: division by zero)" in shown
    assert len(shown.splitlines()) == 1
    monkeypatch.setenv("GRADER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["list", "hw01"])
