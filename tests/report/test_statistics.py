"""Statistics of a class, against values that were worked out by hand; their screen, and their command."""

import json as plain_json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import sqrt
from pathlib import Path

import pytest
from samples import EVIL, REPORTS, TABLE, blocked, failure, report, result

from grader.cli import main
from grader.gradebook import Entry, Place, opened
from grader.outcome import Level, Outcome, Report
from grader.report.classroom import FEW, glimpse, sparkline, statistics_listing
from grader.report.statistics import Bin, Figures, Statistics, Tally, discrimination, statistics
from grader.report.tables import Listing
from grader.report.text import class_text, drawn
from grader.steps import find

SAMPLES = list(REPORTS.values())
NOT_TEXT, ONE_BYTE, SHORT = (result(row, Outcome.FAIL) for row in ("not_text", "one_byte", "short_message"))


def named(reports: list[Report]) -> list[Report]:
    """The same, each under a name of its own."""
    return [replace(one, submission=f"s{number:03}") for number, one in enumerate(reports)]


def figures(reports: list[Report]) -> dict[str, Figures]:
    """What the class says of each check."""
    return {check.id: check for check in statistics(reports).checks}


def test_every_end_of_a_check_is_counted_over_the_graded_alone() -> None:
    counted = {id: (one.passed, one.failed, one.blocked, one.first) for id, one in figures(SAMPLES).items()}
    assert counted == {
        "listens": (6, 0, 0, 0),
        "short_message": (4, 2, 0, 2),
        "one_byte": (1, 3, 2, 2),  # one of those who fail it only gets a warning
        "large_message": (3, 0, 3, 0),
        "not_text": (4, 2, 0, 0),
        "next_client": (4, 2, 0, 0),
    }
    assert list(counted) == [row.id for row in TABLE]


def test_the_class_in_numbers() -> None:
    found = statistics(SAMPLES)
    assert (found.submissions, found.graded, found.not_gradable, found.broken, found.unboxed) == (
        9,
        6,
        2,
        1,
        2,
    )
    assert found.mean == Fraction(100 + 60 + 10 + 40 + 60 + 100, 6)
    assert found.median == Fraction(60, 100)
    assert found.scores == {1: 2, Fraction(6, 10): 2, Fraction(1, 10): 1, Fraction(4, 10): 1}
    assert [(one.label, one.number) for one in found.bins if one.number] == [
        ("10–19", 1), ("40–49", 1), ("60–69", 2), ("100", 2)
    ]  # fmt: skip
    assert [(fault.share, fault.submissions) for fault in found.faults[:2]] == [
        (Fraction(1, 3), ("homework/hw01_echo", "alan")),
        (Fraction(1, 3), ("grace", "alan")),
    ]


def test_a_rate_is_exact_and_of_those_that_tried() -> None:
    assert figures(SAMPLES)["one_byte"].rate == Fraction(1, 4)
    assert figures(SAMPLES)["large_message"].rate == 1, "it is blocked at three of six, and nobody fails it"
    assert figures([report(*blocked("not_text", by="one_byte"))])["not_text"].rate is None


def test_what_is_only_blocked_is_never_the_hardest() -> None:
    """Half do not come to it, and nobody who does fails it: another is what they do not master."""
    found = statistics([*5 * [report(ONE_BYTE, *blocked("not_text", by="one_byte"))], *4 * [report()]])
    assert found.hardest is found.ranked[0] and found.ranked[0].id == "one_byte"
    nobody = statistics(3 * [report(*blocked("not_text", by="one_byte"))])
    assert nobody.hardest is None
    assert nobody.ranked[-1].id == "not_text"


def test_the_hardest_first_and_the_ranking_of_first_failures() -> None:
    found = statistics(SAMPLES)
    assert [one.id for one in found.ranked] == [
        "one_byte", "short_message", "not_text", "next_client", "listens", "large_message"
    ]  # fmt: skip
    assert found.hardest is found.ranked[0]
    assert [(one.id, one.first) for one in found.stumbling] == [("short_message", 2), ("one_byte", 2)]


def test_a_check_that_costs_nothing_is_neither_the_hardest_nor_a_first_failure() -> None:
    found = statistics([report(failure("stuck", level=Level.SHOULD, points=0))])
    assert found.ranked[0].id == "one_byte" and not found.ranked[0].rate
    assert found.hardest is None
    assert found.stumbling == []
    assert found.faults == ()


@pytest.mark.parametrize("reports", [[], [REPORTS["missing"]], [REPORTS["broken"]]], ids=len)
def test_where_nobody_is_graded_nothing_is_said(reports: list[Report]) -> None:
    found = statistics(reports)
    assert (found.graded, found.mean, found.median, found.hardest) == (0, None, 0, None)
    assert all(not one.graded and not one.rate and not one.remark for one in found.checks)


def test_a_tally_can_be_asked_meanwhile() -> None:
    tally = Tally()
    tally.add(REPORTS["all_pass"])
    assert tally.statistics() == statistics([REPORTS["all_pass"]])
    tally.add(REPORTS["several_failed"])
    assert tally.statistics() == statistics([REPORTS["all_pass"], REPORTS["several_failed"]])


def test_a_check_that_is_not_in_every_report() -> None:
    """Its rate is that of those who have it, whichever came first."""
    without = replace(REPORTS["all_pass"], results=REPORTS["all_pass"].results[:-1])
    for reports in ([without, REPORTS["several_failed"]], [REPORTS["several_failed"], without]):
        last = figures(reports)["next_client"]
        assert (last.passed, last.failed, last.blocked, last.graded) == (0, 1, 0, 1)


# Discrimination. Of ten, six pass: three have 10 on the rest, three have 20; of the four others two have 0, two 10.
# The means are 15 and 5, the standard deviation is 7: r = (15 - 5) / 7 * sqrt(0.6 * 0.4), and its square 24 / 49.
TEN = ((True, 10, 3), (True, 20, 3), (False, 0, 2), (False, 10, 2))


@pytest.mark.parametrize(
    ("tried", "wanted"),
    [
        (TEN, sqrt(24 / 49)),
        ([(not passes, rest, number) for passes, rest, number in TEN], -sqrt(24 / 49)),
        ([(passes, 7 * rest + 30, 1000 * number) for passes, rest, number in TEN], sqrt(24 / 49)),
        ([(True, 80, 5), (False, 0, 5)], 1.0),
        ([(True, 0, 5), (False, 80, 5)], -1.0),
        ([(True, 80, 3000), (False, 0, 7000)], 1.0),
        ([(True, 0, 3), (True, 10, 3), (False, 0, 2), (False, 10, 2)], 0.0),
        ([(True, 10, 5), (False, 10, 5)], None),  # all are alike on the rest
        ([(True, 10, 10)], None),
        ([(False, 10, 10)], None),
        ([(True, 10, 5), (False, 0, 5)], 1.0),
        ([(True, 10, 5), (False, 0, 4)], None),  # nine are too few
        ([(True, 10, 7), (False, 0, 3)], 1.0),
        ([(True, 10, 8), (False, 0, 2)], None),  # and so are two on one side
        ([(True, 10, 2), (False, 0, 8)], None),
        ([], None),
    ],
)
def test_discrimination(tried: list[tuple[bool, int, int]], wanted: float | None) -> None:
    assert discrimination(tried) == wanted


def test_discrimination_over_reports() -> None:
    """The ten above: not_text is the check, and of the rest two checks vary, with 20 points each."""
    found = figures([
        *3 * [report(ONE_BYTE)], *3 * [report()],
        *2 * [report(NOT_TEXT, ONE_BYTE, SHORT)], *2 * [report(NOT_TEXT, SHORT)],
    ])  # fmt: skip
    assert found["not_text"].discrimination == sqrt(24 / 49)
    assert found["listens"].discrimination is None


def test_a_blocked_check_was_not_tried() -> None:
    """Those who are blocked, all of them weak, change nothing about what a check says of those who tried it."""
    tried = [*4 * [report()], *3 * [report(ONE_BYTE)], *3 * [report(NOT_TEXT, ONE_BYTE)], report(NOT_TEXT)]
    weak = report(SHORT, ONE_BYTE, *blocked("not_text", by="short_message"))
    before, after = figures(tried)["not_text"], figures([*tried, *7 * [weak]])["not_text"]
    assert before.discrimination is not None
    assert after.discrimination == before.discrimination
    assert (after.blocked, after.rate) == (7, before.rate)


def test_a_check_is_not_praised_for_what_it_blocks() -> None:
    """Whoever fails it loses the points of those that wait for it too, which says nothing about him."""
    waits = report(ONE_BYTE, *blocked("large_message", by="one_byte"))
    assert figures([*6 * [report()], *6 * [waits]])["one_byte"].discrimination is None
    fails = report(ONE_BYTE, result("large_message", Outcome.FAIL))
    assert figures([*6 * [report()], *6 * [fails]])["one_byte"].discrimination == 1.0


def test_who_is_not_graded_says_nothing_about_a_check() -> None:
    tried = [*5 * [report()], *5 * [report(NOT_TEXT, ONE_BYTE)]]
    others = 9 * [REPORTS["not_gradable"], REPORTS["missing"], REPORTS["broken"]]
    assert figures([*tried, *others]) == figures(tried)


def test_large_numbers_are_exact() -> None:
    reports = [report(), report(ONE_BYTE), report(NOT_TEXT), report(NOT_TEXT, ONE_BYTE)]
    few, many = (figures([one for one in reports for _ in range(number)]) for number in (3, 300))
    assert few["not_text"].discrimination == many["not_text"].discrimination == 0.0


@pytest.mark.parametrize(
    ("reports", "remark"),
    [
        (10 * [report(NOT_TEXT)], "nobody passes it"),
        (9 * [report(NOT_TEXT)], ""),
        (10 * [report()], "nobody fails it"),
        (9 * [report()], ""),
        ([*5 * [report(*blocked("not_text", by="one_byte"))], *5 * [report()]], "nobody fails it"),
        (10 * [report(*blocked("not_text", by="one_byte"))], "nobody comes to it"),
        ([report(NOT_TEXT), *9 * [report(*blocked("not_text", by="one_byte"))]], "nobody passes it"),
        ([*5 * [report(NOT_TEXT)], *5 * [report(ONE_BYTE)]], "those who pass it do worse on the rest"),
        ([*5 * [report()], *5 * [report(NOT_TEXT, ONE_BYTE)]], ""),
        ([*5 * [report()], *5 * [report(NOT_TEXT)]], ""),
    ],
)
def test_what_a_teacher_should_look_at(reports: list[Report], remark: str) -> None:
    assert figures(reports)["not_text"].remark == remark


@pytest.mark.parametrize(("r", "said"), [(-0.004, False), (-0.006, True), (0.3, False), (None, False)])
def test_a_remark_goes_by_the_number_that_is_shown(r: float | None, said: bool) -> None:
    one = replace(figures(SAMPLES)["not_text"], passed=10, failed=10, discrimination=r)
    assert bool(one.remark) is said


# What is shown.


def screen(found: Statistics, width: int = 100) -> str:
    return drawn(Listing(partial(statistics_listing, found)), width)


@pytest.mark.parametrize("width", [80, 100])
def test_a_row_per_check_in_the_width_of_the_terminal(width: int) -> None:
    found = statistics(2 * SAMPLES)
    lines = screen(found, width).splitlines()
    assert max(map(len, lines)) <= width
    rows = [line.removeprefix("!").split() for line in lines[4 : 4 + len(TABLE)]]
    assert [row[0] for row in rows] == [check.id for check in found.ranked]
    assert ["large_message", "6", "6", "100", "%", "-"] in rows  # a nought is left out
    assert "! nobody fails it: listens, large_message" in lines


def test_the_screen_of_a_class_without_reports() -> None:
    assert "0 submissions" in screen(statistics([]))


@pytest.mark.parametrize(
    ("numbers", "line"),
    [([0, 1, 4, 7], "▁▂▅█"), ([0, 1, 100, 50], "▁▂█▅"), ([0, 0, 0, 0], "▁▁▁▁"), ([2, 2, 2, 2], "████")],
)
def test_a_sparkline_is_lowest_only_where_there_is_nobody(numbers: list[int], line: str) -> None:
    highest = max(numbers) or 1
    assert sparkline([Bin("", number, Fraction(number, highest)) for number in numbers]) == line


@pytest.mark.parametrize(("number", "rows"), [(FEW, FEW), (FEW + 1, 0)])
def test_a_large_class_is_no_table_on_the_terminal(number: int, rows: int) -> None:
    reports = named([REPORTS["all_pass"] for _ in range(number)])
    shown = drawn(Listing(partial(glimpse, reports)))
    assert sum(line.startswith("s0") for line in shown.splitlines()) == rows
    assert f"{number} submissions · mean 100.0 · 0 not gradable · 0 broken\n" in shown
    assert "▁▁▁▁▁▁▁▁▁▁█" in shown
    assert sum(line.startswith("s0") for line in class_text(reports).splitlines()) == number


def test_the_terminal_and_the_file_show_the_same() -> None:
    odd = [replace(one, submission=f"{EVIL * 3}{number}") for number, one in enumerate(SAMPLES)]
    for reports in (SAMPLES, odd, named(SAMPLES), []):
        assert drawn(Listing(partial(glimpse, reports))) == class_text(reports)
        assert max(map(len, class_text(reports).splitlines())) <= 100


# The command.


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A folder with the samples in its gradebook."""
    with opened(tmp_path, find("hw01")) as book:
        book.seed(Place.STANDING, 1, new=1)
        for one in named(2 * SAMPLES):
            book.keep(Place.STANDING, Entry(student=one.submission, submission=b"", judging=b""), one, None)
    return tmp_path


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        status = main(["statistics", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_the_command_shows_the_checks(results: Path, run: Run) -> None:
    status, out, _ = run(results)
    assert status == 0
    assert [line.rstrip() for line in out.splitlines()] == screen(statistics(2 * SAMPLES), 80).splitlines()


def test_its_json_has_the_fields_that_the_page_describes(results: Path, run: Run) -> None:
    status, out, _ = run(results, "--json", "-")
    table = plain_json.loads(out)
    assert status == 0
    checks = table.pop("checks")
    assert table == {"format": 2, "step": "hw01_echo", "submissions": 18, "graded": 12}
    assert [Figures(**{**one, "level": Level(one["level"])}) for one in checks] == list(
        statistics(2 * SAMPLES).checks
    )
    _, shown, _ = run(results, "--json", results / "statistics.json")
    assert (results / "statistics.json").read_text("utf-8") == out
    assert "discrimination" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "There is no gradebook in nowhere: `python -m grader grade` makes one."),
        (["RESULTS", "--json", "RESULTS/a/b"], "Cannot write the statistics to RESULTS/a/b: "),
    ],
)
def test_wrong_use_is_one_sentence(arguments: list[str], said: str, results: Path, run: Run) -> None:
    status, _, err = run(*(word.replace("RESULTS", str(results)) for word in arguments))
    assert status == 2
    assert err.startswith(f"grader: {said.replace('RESULTS', str(results))}")
    assert len(err.splitlines()) == 1
