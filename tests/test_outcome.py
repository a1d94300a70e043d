"""The verdict is a pure function, the bytes of an excerpt survive, and nothing printable can steer a terminal."""

import pytest

from grader.outcome import Check, Excerpt, Outcome, Status, printable, verdict

PASS, FAIL, BLOCKED, BROKEN = Outcome
GATE = Check(id="gate", title="", points=10, rule="", gate=True)
SMALL = Check(id="small", title="", points=30, rule="", after=("gate",))
LARGE = Check(id="large", title="", points=60, rule="", after=("gate",))


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ((PASS, PASS, PASS), (Status.GRADED, 100)),
        ((PASS, FAIL, PASS), (Status.GRADED, 70)),
        ((PASS, PASS, BLOCKED), (Status.GRADED, 40)),
        ((FAIL, BLOCKED, BLOCKED), (Status.NOT_GRADABLE, 0)),
        ((FAIL, PASS, PASS), (Status.NOT_GRADABLE, 90)),
        ((PASS, BROKEN, PASS), (Status.BROKEN, 70)),
        ((FAIL, BROKEN, BLOCKED), (Status.BROKEN, 0)),
    ],
)
def test_verdict(outcomes: tuple[Outcome, ...], expected: tuple[Status, int]) -> None:
    assert (
        verdict((GATE, SMALL, LARGE), dict(zip(("gate", "small", "large"), outcomes, strict=True)))
        == expected
    )


def test_a_lost_check_earns_nothing_and_breaks_the_verdict() -> None:
    assert verdict((GATE, SMALL), {"gate": PASS}) == (Status.BROKEN, 10)


def test_an_outcome_that_is_not_in_the_table_counts_for_nothing() -> None:
    assert verdict((GATE,), {"gate": PASS, "extra": PASS}) == (Status.GRADED, 10)
    assert verdict((GATE,), {"gate": PASS, "extra": BROKEN}) == (Status.GRADED, 10)


def test_an_excerpt_keeps_its_bytes() -> None:
    data = bytes(range(256)) + "a\\né\u202e".encode()
    excerpt = Excerpt.of(data, size=400)
    assert excerpt.data == data
    assert excerpt.text.isascii()
    assert excerpt.text.isprintable()
    assert (excerpt.start, excerpt.total) == (0, len(data))


@pytest.mark.parametrize(
    ("around", "start"), [(0, 0), (50, 0), (127, 0), (128, 0), (129, 1), (500, 372), (999, 744), (1000, 744)]
)
def test_an_excerpt_shows_the_place_that_matters(around: int, start: int) -> None:
    data = bytes(index % 256 for index in range(1000))
    excerpt = Excerpt.of(data, around=around)
    assert (excerpt.start, excerpt.total) == (start, 1000)
    assert excerpt.data == data[start : start + 256]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("carriage\rreturn", "carriage\\rreturn"),
        ("\u202ebidi\u2066", "\\u202ebidi\\u2066"),
        ("zero\u200bwidth \ufeff", "zero\\u200bwidth \\ufeff"),
        ("c1 \x9b0m bell\a", "c1 \\x9b0m bell\\x07"),
        ("\udcff", "\\udcff"),
        ("é 日本 ✓", "é 日本 ✓"),
    ],
)
def test_printable(text: str, expected: str) -> None:
    assert printable(text) == expected
