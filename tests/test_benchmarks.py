"""The synthetic class is the same wherever it is made, its mutations keep their verdicts, and its figures are right."""

import ast
import io
import random
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest

from grader.engine import Local
from grader.intake import open_class, read
from grader.steps import find
from tests.benchmarks import figures
from tests.benchmarks.figures import Run
from tests.benchmarks.mutations import CHANGES, is_plain, mutated, renamed, reordered
from tests.benchmarks.synthetic import FIRST_ID, TOGETHER, Synthetic

STEP = find("hw02_hello_app")
SMALL, LARGE = Synthetic(STEP, TOGETHER), Synthetic(STEP, 2 * TOGETHER)


def test_a_seed_makes_the_same_class_and_another_seed_another() -> None:
    assert SMALL.export() == Synthetic(STEP, TOGETHER).export()
    assert SMALL.export() != Synthetic(STEP, TOGETHER, seed=2).export()
    assert SMALL.roster() == Synthetic(STEP, TOGETHER).roster()


def test_a_small_class_is_the_beginning_of_a_large_one() -> None:
    small, large = (zipfile.ZipFile(io.BytesIO(made.export())) for made in (SMALL, LARGE))
    assert large.namelist()[: len(small.namelist())] == small.namelist()
    assert all(small.read(name) == large.read(name) for name in small.namelist())
    assert [one.id for one in LARGE.programs] == [one.id for one in SMALL.programs]


def test_it_comes_as_canvas_packs_it_and_nothing_is_lost_on_the_way(tmp_path: Path) -> None:
    source, roster = tmp_path / "class.zip", tmp_path / "class.csv"
    source.write_bytes(LARGE.export())
    roster.write_bytes(LARGE.roster())
    with open_class(source, STEP, roster) as found:
        assert (found.format, found.others, found.absent) == ("a Canvas download", (), ())
        assert [one.identity for one in found.handed] == [str(FIRST_ID + n) for n in range(LARGE.size)]
        assert found.handed[0].name == "Lovelace, Ada 0"
        for number, one in enumerate(found.handed):
            assert read(one, STEP).files == LARGE.specimen(number).submission.files
        assert any(one.late for one in found.handed) and not all(one.late for one in found.handed)
        assert {one.attempt for one in found.handed} == {1, 2}


def test_copies_of_a_program_differ() -> None:
    files = [LARGE.specimen(n).submission.files["app.py"] for n in range(LARGE.size)]
    solutions = [n for n in range(LARGE.size) if LARGE.programs[n % TOGETHER] is LARGE.programs[0]]
    assert len({files[n] for n in solutions}) > len(solutions) // 2


def test_mutations_are_valid_python_and_keep_their_verdicts() -> None:
    """Here of one class; `make bench` looks at every verdict of its classes."""
    specimens = {one.id: one for one in map(SMALL.specimen, range(SMALL.size))}
    for one in specimens.values():
        ast.parse(one.submission.files["app.py"])
    with Local(STEP, workers=3) as engine:
        reports = list(engine.run(one.job() for one in specimens.values()))
    assert len(reports) == TOGETHER
    assert {one.submission: specimens[one.submission].differences(one) for one in reports} == dict.fromkeys(
        specimens, ""
    )


PROGRAM = '''\
import sys

GLOBAL = 1


def first(given, *, named=2):
    """Its documentation names value and total."""
    value = given + named + GLOBAL
    total = [value for value in range(value)]

    def inner():
        return value, sys.argv

    try:
        raise KeyError(total)
    except KeyError as error:
        return f"{error} {value}", inner()


def second(given):
    text = """
    value = 1
    """
    self = first(given=given, named=3)
    return (self, text, \\
            GLOBAL)


def third():
    pass


if __name__ == "__main__":
    value = 5
    print(second(value))
'''


def result_of(program: str) -> object:
    """What its functions return."""
    names: dict[str, object] = {"__name__": "program"}
    exec(compile(program, "program", "exec"), names)
    return names["second"](4)  # type: ignore[operator]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", range(1, 6))
def test_a_change_changes_the_text_and_not_what_it_does(change: object, seed: int) -> None:
    changed = change(PROGRAM, random.Random(seed))  # type: ignore[operator]
    assert changed != PROGRAM
    assert result_of(changed) == result_of(PROGRAM)


def test_only_names_that_nobody_else_knows_are_renamed() -> None:
    """`value` is one too, but also a global: it stays."""
    changed = renamed(PROGRAM, random.Random(1))
    for name in ("value", "given", "named", "GLOBAL", "first", "inner", "sys"):
        assert name in changed
    names = {node.id for node in ast.walk(ast.parse(changed)) if isinstance(node, ast.Name)}
    assert not names & {"total", "text", "error"}
    asks = PROGRAM.replace("pass", "total = 1; return locals()")
    assert renamed(asks, random.Random(1)) == asks


def test_functions_move_only_past_functions() -> None:
    decorated = "def one():\n    return 1\n\n@print\ndef two(x=one()):\n    return 2\n"
    for seed in range(5):
        order = [node.name for node in ast.parse(reordered(decorated, random.Random(seed))).body]  # type: ignore[attr-defined]
        assert order == ["one", "two"]
    orders = {
        tuple(line for line in reordered(PROGRAM, random.Random(seed)).splitlines() if line.startswith("def"))
        for seed in range(20)
    }
    assert len(orders) > 1


@pytest.mark.parametrize(
    "program",
    [
        b"def (",
        b"\xff\xfe\x00",
        b"\xef\xbb\xbfx = 1\n",
        b"x = 1\r\n",
        b"# coding: latin-1\nx = '\xe4'\n",
        b"x = \x00",
    ],
)
def test_what_a_parser_does_not_take_as_it_is_stays_as_it_is(program: bytes) -> None:
    assert not is_plain(program)
    assert all(mutated(program, random.Random(seed)) == program for seed in range(5))


def run(**figures: float) -> Run:
    """A run of which everything costs 1, but for what is said."""
    return replace(Run(**{field.name: 1.0 for field in fields(Run)}), **figures)


RUNS = {
    1: [run(wall=2, cpu=1, driver=0.5)],
    11: [run(wall=4, cpu=3, driver=0.6), run(wall=90, cpu=3, driver=0.6), run(wall=3, cpu=3, driver=0.6)],
    101: [run(wall=42, cpu=21, driver=1.5, driver_peak=1.5, largest_peak=3, page=2e6, book=5e4)],
}


def test_what_a_submission_costs_is_what_one_more_costs() -> None:
    """The class of one is taken off, and of several runs the median counts."""
    assert figures.typical(RUNS[11]).wall == 4
    assert figures.each(RUNS, 11) == pytest.approx((0.2, 0.2, 0.01))
    assert figures.each(RUNS, 101) == pytest.approx((0.4, 0.2, 0.01))
    assert figures.ratio(RUNS, 101, 11) == (
        "101 : 11   wall 2.00, CPU 1.00, the driver's CPU 1.00; "
        "memory of the driver 1.50, of the largest process 3.00"
    )


def test_a_row_has_its_figures_below_their_heads() -> None:
    heads, row = figures.header(), figures.line(RUNS, 101)
    assert len(heads) == len(row)
    assert row.split() == ["101", "400.0", "200.0", "10.00", "2.5", "0.0", "0.0", "1.00", "2000", "0", "50"]


def test_small_classes_are_graded_often_and_in_turn() -> None:
    assert [figures.repeats(size) for size in (1, 20, 21, 999, 1000)] == [5, 5, 3, 3, 1]
    assert [*figures.schedule((1, 200, 2000))] == [1, 200, 2000, 1, 200, 1, 200, 1, 1]


def test_the_last_tenth_is_compared_with_the_first() -> None:
    assert figures.tenths([float(n) for n in range(9)]) == 1.0, "too few"
    assert figures.tenths([float(n) for n in range(100)]) == 1.0
    assert figures.tenths([*range(91), *range(94, 130, 4)]) == pytest.approx(3.7)
    assert figures.tenths([5.0] * 10) == 1.0, "a clock that stands says nothing"
