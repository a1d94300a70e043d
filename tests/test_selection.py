"""`-k EXPR`: what it names, what it brings along, and what it refuses."""

import pytest

from grader.checks import table
from grader.checks.selection import NothingSelected, select
from grader.plugin.judging import chosen
from grader.steps import find

IDS = ("listens", "one_byte", "every_byte", "reads_late", "restart", "import_starts_nothing")


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("one_byte", ("one_byte",)),
        ("byte", ("one_byte", "every_byte")),
        ("BYTE", ("one_byte", "every_byte")),
        ("byte and not one", ("every_byte",)),
        ("late or restart", ("reads_late", "restart")),
        ("not (byte or late)", ("listens", "restart", "import_starts_nothing")),
        (" byte ", ("one_byte", "every_byte")),
        ("import", ("import_starts_nothing",)),
        ("not not restart", ("restart",)),
        ("late or one and not byte or restart", ("reads_late", "restart")),
        ("(late or one) and byte", ("one_byte",)),
    ],
)
def test_select(expression: str, names: tuple[str, ...]) -> None:
    assert select(expression, IDS) == names


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "one byte",
        "f(x)",
        "1",
        "byte +",
        "'byte'",
        "byte if late else one",
        "not",
        "(byte",
        "byte)",
        "and byte",
        "()",
    ],
)
def test_what_is_no_expression(expression: str) -> None:
    with pytest.raises(NothingSelected, match="is no expression"):
        select(expression, IDS)


def test_an_expression_that_names_nothing_lists_the_names() -> None:
    with pytest.raises(NothingSelected, match=r"names no check. There are: listens, one_byte"):
        select("umbrella", IDS)


def test_a_check_brings_what_must_pass_before_it() -> None:
    checks = table(find("hw01"))
    names = [check.id for check in chosen(checks, ("one_byte",))]
    assert names == ["listens", "short_message", "answers_before_close", "one_byte"]
    assert chosen(checks, ()) == checks
