"""The rooms of the grader: imports run down the list, only cli and report print, nothing is kept at module level."""

import ast
from pathlib import Path

import pytest

from grader.steps import ROOT

# From the top to the bottom. A room may import the rooms below it, and itself.
ROOMS = (
    "__main__",
    "cli",
    "batch",
    "intake",
    "engine",
    "similar",
    "gradebook",
    "report",
    "judge",
    "plugin",
    "checks",
    "expect",
    "bridge",
    "wire",
    "world",
    "steps",
    "outcome",
)
GUESTS = ROOT / "grader" / "applications"  # no room: they run in the student's process
MODULES = sorted(set((ROOT / "grader").rglob("*.py")) - set(GUESTS.rglob("*.py")))


def room(module: Path) -> str:
    inside = module.relative_to(ROOT / "grader")
    return inside.parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> set[str]:
    """The rooms of ours that a module names in an import, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "grader":
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grader."):
            names.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            names |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("grader.")}
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_down(module: Path) -> None:
    if module.parent.name == "grader" and module.name == "__init__.py":
        assert not imported(ast.parse(module.read_text("utf-8")))
        return
    here = ROOMS.index(room(module))
    for name in imported(ast.parse(module.read_text("utf-8"))):
        assert name in ROOMS, f"{name} is no room of the grader: add it to ROOMS, and to CONTRIBUTING.md"
        assert ROOMS.index(name) >= here, f"{room(module)} must not import {name}: it lies above it"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_cli_and_report_print(module: Path) -> None:
    prints = [
        node
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not prints or room(module) in ("cli", "report")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_state_at_module_level(module: Path) -> None:
    """No `global`, and no name bound at module level to something empty that waits to be filled."""
    tree = ast.parse(module.read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)]
    for node in tree.body:
        value = getattr(node, "value", None)
        assert not (isinstance(value, ast.List | ast.Dict | ast.Set) and not ast.unparse(value).strip("[]{}"))


def test_every_room_is_listed() -> None:
    assert {room(module) for module in MODULES} - {"__init__"} == set(ROOMS)
