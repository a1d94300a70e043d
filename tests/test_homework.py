"""The homework folders, their solutions and the submissions that the grader is tested with keep their shape."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from grader.checks import table
from grader.outcome import Status
from grader.steps import ROOT, Step, all_steps, find
from tests.corpus import ATTACKED, catalogue

SOLUTIONS = ROOT / "solutions"
SUBMISSIONS = ROOT / "tests" / "submissions"
CLASSES = ROOT / "tests" / "classes"
OURS = {"README.md", "step.toml"}  # files of a homework folder that are not handed in
HEADINGS = ["Goal", "What arrives", "What to write", "How it is checked", "Not yet", "Read"]

every_step = pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)


def files_in(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def surface(path: Path) -> dict[str, tuple[str, str | None]]:
    """The signature and the docstring of every function and class, by qualified name, and of the module."""
    module = ast.parse(path.read_text("utf-8"))
    found: dict[str, tuple[str, str | None]] = {"": ("", ast.get_docstring(module, clean=False))}

    def visit(parent: ast.AST, prefix: str) -> None:
        for node in ast.iter_child_nodes(parent):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if isinstance(node, ast.ClassDef):
                signature = ", ".join(map(ast.unparse, node.bases))
            else:
                signature = (
                    f"({ast.unparse(node.args)}) -> {ast.unparse(node.returns) if node.returns else ''}"
                )
            found[prefix + node.name] = (signature, ast.get_docstring(node, clean=False))
            visit(node, f"{prefix}{node.name}.")

    visit(module, "")
    return found


def first_lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()[:2]


def outcome_is_known(words: str, ids: set[str]) -> bool:
    """Whether `words` is a legal "fail ID ..." for a step with these checks."""
    fail, *failed = words.split()
    return fail == "fail" and bool(failed) and set(failed) <= ids and len(set(failed)) == len(failed)


@every_step
def test_homework_and_solution_hold_the_files_that_are_handed_in(step: Step) -> None:
    assert files_in(SOLUTIONS / step.slug) == set(step.files)
    assert files_in(step.folder) == set(step.files) | set(step.given) | OURS


def test_nothing_lies_beside_the_steps() -> None:
    slugs = {step.slug for step in all_steps()}
    for tree in (SOLUTIONS, ROOT / "homework", SUBMISSIONS / "faulty", SUBMISSIONS / "tolerant"):
        assert {path.name.removesuffix(".toml") for path in tree.iterdir()} == slugs


@every_step
def test_starter_and_solution_agree_in_all_but_the_bodies(step: Step) -> None:
    for file in step.files:
        assert surface(step.folder / file) == surface(SOLUTIONS / step.slug / file)


@every_step
def test_each_hole_of_the_starter_says_what_is_wanted(step: Step) -> None:
    holes = 0
    for file in step.files:
        source = (step.folder / file).read_text("utf-8")
        for name in re.findall(
            r'^ +# TODO: .+\n +raise NotImplementedError\("(.+)"\)$', source, re.MULTILINE
        ):
            assert name in surface(step.folder / file)
            holes += 1
        assert source.count("NotImplementedError") == source.count("TODO")
        assert "TODO" not in (SOLUTIONS / step.slug / file).read_text("utf-8")
    assert holes


@every_step
def test_handout_has_the_six_headings_in_order(step: Step) -> None:
    handout = (step.folder / "README.md").read_text("utf-8")
    assert re.findall(r"^## (.+)$", handout, re.MULTILINE) == HEADINGS
    assert handout.startswith(f"# Homework {step.number}: ")


@every_step
def test_handout_lists_the_checks_as_they_are(step: Step) -> None:
    section = (step.folder / "README.md").read_text("utf-8").partition("## How it is checked")[2]
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (.+) \|$", section, re.MULTILINE)
    assert rows == [(check.id, str(check.points), check.title) for check in table(step)]
    assert f"make check-{step.short}\n" in section


@every_step
def test_handout_links_lead_somewhere(step: Step) -> None:
    handout = (step.folder / "README.md").read_text("utf-8")
    for target in re.findall(r"\]\((?!https://)([^)#]+)\)", handout):
        assert (step.folder / target).exists(), target


@every_step
@pytest.mark.parametrize("kind", ["faulty", "tolerant"])
def test_submissions_say_what_to_expect(step: Step, kind: str) -> None:
    ids = {check.id for check in table(step)}
    for folder in (SUBMISSIONS / kind / step.slug).iterdir():
        expect, why = first_lines(folder / step.files[0])
        words = expect.removeprefix("# EXPECT: ")
        assert words != expect, folder
        assert outcome_is_known(words, ids) if kind == "faulty" else words == "all pass", folder
        assert re.fullmatch(r"# \S.*[.:)]", why), folder


@every_step
@pytest.mark.parametrize("kind", ["faulty", "tolerant"])
def test_edits_of_the_solution_say_what_to_expect(step: Step, kind: str) -> None:
    ids = {check.id for check in table(step)}
    for name, row in catalogue(SUBMISSIONS / kind / f"{step.slug}.toml").items():
        assert set(row) == {"expect", "why", "edits"}, name
        words = str(row["expect"])
        assert outcome_is_known(words, ids) if kind == "faulty" else words == "all pass", name
        assert re.fullmatch(r"\S.*[.:)]", str(row["why"])), name
        assert not (SUBMISSIONS / kind / step.slug / name).exists(), f"{name} is a folder too"


def test_hostile_submissions_say_what_to_expect() -> None:
    statuses = "|".join(status.value for status in Status if status is not Status.BROKEN)
    folders = list(SUBMISSIONS.glob("hostile/*/*"))
    assert folders
    for folder in folders:
        step = find(ATTACKED.get(folder.parent.name, "hw01_echo"))
        expect, why = first_lines(folder / step.files[0])
        assert re.fullmatch(rf"# EXPECT: ({statuses}) (\d|[1-9]\d|100)", expect), folder
        assert why.startswith("# Attacks "), folder


def test_sample_classes_say_what_to_expect() -> None:
    classes = list(CLASSES.glob("*_sample"))
    assert classes
    for expected in [path.with_suffix(".toml") for path in classes]:
        rows = tomllib.loads(expected.read_text("utf-8"))
        assert set(rows) == {path.name for path in expected.with_suffix("").iterdir()}
        for login, row in rows.items():
            assert set(row) == {"status", "score", "first"}, login
            assert row["status"] in set(Status), login
            assert (row["score"] == 100) == (row["status"] == "graded" and not row["first"]), login
