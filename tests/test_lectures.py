"""The lectures are true: what a page shows runs and prints that, and every demo is shown and leaves nothing behind."""

import ast
import os
import re
import runpy
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LECTURES = ROOT / "lectures"
PLAYER = ROOT / "scripts" / "lecture"
LECTURE = runpy.run_path(str(PLAYER))
PAGES = sorted(LECTURES.glob("lec*/README.md"))
PROGRAMS = sorted(LECTURES.glob("lec*/*.py"))
DEMOS = [path for path in PROGRAMS if path.name != "stage.py"]
PICTURES = sorted(LECTURES.glob("lec*/*.svg"))
BESIDE_PYTHON = {"speaking", "webtest"}  # lectures/speaking.py, and WebTest, which some lectures are about
BLOCKS = [(page, block) for page in PAGES for block in LECTURE["blocks"](page.read_text("utf-8"))]

# These demos show what happens to a socket that nobody closes, so Python's development mode warns of it.
UNCLOSED_ON_PURPOSE = {"last_connection.py"}


def slug(path: Path) -> str:
    return path.relative_to(LECTURES).as_posix()


# The page and the programs agree.


@pytest.mark.parametrize(("page", "block"), BLOCKS, ids=lambda value: getattr(value, "label", None))
def test_a_block_is_what_its_source_says(page: Path, block: Any) -> None:
    truth = LECTURE["truth"](block.label)
    assert truth in (None, block.text), (
        f"{slug(page)} has drifted: python3 scripts/lecture NN --write mends it"
    )


@pytest.mark.parametrize(
    "label",
    [
        "",
        "python",
        "text",
        "sh",
        "mermaid diagram",
        "text $ ls",
        "python lec01_sockets/receiving.py",
        "python lec01_sockets/receiving.py nothing",
        "python lec01_sockets/nothing.py main",
    ],
)
def test_a_block_that_does_not_name_its_source_is_refused(label: str) -> None:
    with pytest.raises(LECTURE["BadLabel"]):
        LECTURE["truth"](label)


def test_a_page_that_has_drifted_is_mended(tmp_path: Path) -> None:
    text = PAGES[0].read_text("utf-8")
    drifted = tmp_path / "README.md"
    drifted.write_text(
        text.replace("    total = 0\n", "    total = 1\n").replace("returns 10,000", "returns 10")
    )
    assert drifted.read_text("utf-8") != text
    LECTURE["write"](drifted)
    assert drifted.read_text("utf-8") == text


@pytest.mark.parametrize("page", PAGES, ids=slug)
def test_every_demo_is_on_its_page_once(page: Path) -> None:
    played = [LECTURE["demo"](block.label) for page_, block in BLOCKS if page_ == page]
    assert sorted(path for path in played if path) == [path for path in DEMOS if path.parent == page.parent]


def test_the_sections_that_the_checks_name_exist() -> None:
    checks = "".join(path.read_text("utf-8") for path in (ROOT / "grader" / "checks").glob("hw*.py"))
    named = re.findall(r'read="lecture (\d+), ([^"]+)"', checks)
    assert named
    for number, heading in set(named):
        assert heading in LECTURE["HEADING"].findall(LECTURE["find"](number).read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=slug)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", re.sub(LECTURE["FENCE"], "", page.read_text("utf-8")))
    here = [target for target in targets if not target.startswith("https://")]
    assert here
    assert [target for target in here if not (page.parent / target.partition("#")[0]).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=slug)
def test_the_navigation_names_the_neighbours(page: Path) -> None:
    number = PAGES.index(page)
    neighbours = [other for other in (number - 1, number + 1) if 0 <= other < len(PAGES)]
    navigation = page.read_text("utf-8").splitlines()[0]
    assert [
        other for other in neighbours if f"](../{PAGES[other].parent.name}/README.md)" not in navigation
    ] == []


# The pictures.


@pytest.mark.parametrize("page", PAGES, ids=slug)
def test_every_picture_is_on_its_page_and_has_its_demo(page: Path) -> None:
    shown = LECTURE["PICTURE"].findall(page.read_text("utf-8"))
    assert sorted(shown) == [path.stem for path in PICTURES if path.parent == page.parent]
    assert [stem for stem in shown if not (page.parent / f"{stem}.py").is_file()] == []


@pytest.mark.parametrize("path", PICTURES, ids=slug)
def test_a_picture_shows_what_its_demo_prints(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text == LECTURE["drawn"](path.with_suffix(".py")), (
        "python3 scripts/lecture NN --write draws it anew"
    )
    tree = ET.fromstring(text)
    assert tree.get("width") == "760"
    for name in ("title", "desc"):
        assert tree.findtext(f"{{http://www.w3.org/2000/svg}}{name}")


def test_a_picture_that_is_missing_or_old_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "speaks.py").write_text(
        '"""Says <hello>."""\nprint("client   server\\nsends \'hello\'   -->")\n', "utf-8"
    )
    page = tmp_path / "README.md"
    page.write_text("![A greeting](speaks.svg)\n", "utf-8")
    LECTURE["draw"](page)
    first = (tmp_path / "speaks.svg").read_text("utf-8")
    assert ET.fromstring(first)[0].text == "Says <hello>."
    (tmp_path / "speaks.svg").write_text("old", "utf-8")
    LECTURE["draw"](page)
    assert (tmp_path / "speaks.svg").read_text("utf-8") == first


def test_what_shows_no_wire_cannot_be_drawn(tmp_path: Path) -> None:
    silent = tmp_path / "silent.py"
    silent.write_text('"""Says nothing."""\nprint("client   server")\n', "utf-8")
    with pytest.raises(LECTURE["BadLabel"], match=r"silent\.py cannot be drawn: Nothing speaks"):
        LECTURE["drawn"](silent)


# The demos.


@pytest.mark.parametrize("program", PROGRAMS, ids=slug)
def test_a_program_is_short_and_waits_for_no_clock(program: Path) -> None:
    text = program.read_text("utf-8")
    tree = ast.parse(text)
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)} | {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    known = sys.stdlib_module_names | BESIDE_PYTHON | {path.stem for path in program.parent.glob("*.py")}
    assert ast.get_docstring(tree)
    assert {name.partition(".")[0] for name in imported if name} <= known
    assert "time" not in imported
    assert program.name == "stage.py" or len(text.splitlines()) <= 60


@pytest.mark.parametrize("program", DEMOS, ids=slug)
def test_a_demo_prints_its_transcript_and_leaves_nothing(program: Path) -> None:
    shown = next(block.text for _, block in BLOCKS if LECTURE["demo"](block.label) == program)
    with subprocess.Popen(
        [sys.executable, "-X", "dev", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        printed, complaints = process.communicate(timeout=60)
    assert process.returncode == 0, complaints
    assert printed.lstrip("\n") == shown
    assert ("ResourceWarning: unclosed" in complaints) == (program.name in UNCLOSED_ON_PURPOSE), complaints
    assert not complaints or program.name in UNCLOSED_ON_PURPOSE
    with pytest.raises(ProcessLookupError):  # its process group is empty
        os.killpg(process.pid, 0)


@pytest.mark.parametrize("program", PROGRAMS, ids=slug)
def test_importing_a_program_starts_nothing(program: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"import {program.stem}"],
        cwd=program.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    greets = program.name == "run_or_imported.py"  # whose lesson is that a file is executed twice
    assert run.stdout == ("executing this file; __name__ is 'run_or_imported'\n" if greets else "")


# The command.


def play(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, PLAYER, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_the_command_plays_the_demos_in_the_order_of_the_page() -> None:
    run = play("01")
    assert (run.returncode, run.stderr) == (0, "")
    transcripts = [block.text for page, block in BLOCKS if page == PAGES[0] and LECTURE["demo"](block.label)]
    places = [run.stdout.find(text) for text in transcripts]
    assert -1 not in places
    assert places == sorted(places)


def test_a_failing_demo_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LECTURE["play"].__globals__, "ROOT", tmp_path)
    page = tmp_path / "README.md"
    page.write_text("```text $ python3 fails.py\n```\n\n```text $ python3 works.py\n```\n", "utf-8")
    (tmp_path / "fails.py").write_text('"""Fails."""\nraise SystemExit(3)\n', "utf-8")
    (tmp_path / "works.py").write_text('"""Works."""\n', "utf-8")
    assert LECTURE["play"](page) == 1
    with pytest.raises(LECTURE["BadLabel"], match=r"fails\.py does not run"):
        LECTURE["transcript"](tmp_path / "fails.py")


@pytest.mark.parametrize("name", ["99", "sockets", "../lec01_sockets"])
def test_an_unknown_lecture_gets_one_sentence(name: str) -> None:
    run = play(name)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.startswith(f"There is no lecture {name!r}. There are: lec01_sockets")


@pytest.mark.parametrize("name", ["1", "01", "lec01", "lec01_sockets"])
def test_a_lecture_has_several_names(name: str) -> None:
    assert LECTURE["find"](name) == PAGES[0]
