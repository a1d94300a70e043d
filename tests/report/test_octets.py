"""Bytes for human eyes."""

from random import Random

import pytest
from rich.console import Console

from grader.outcome import Excerpt
from grader.report.octets import compare, rows
from grader.report.pen import Pen

PEN = Pen(Console(width=80), 80, ascii=False)
ASCII = Pen(Console(width=80), 80, ascii=True)


def shown(data: bytes, width: int = 40, pen: Pen = PEN, most: int = 3) -> list[str]:
    return list(rows(Excerpt.of(data), pen, width, most))


@pytest.mark.parametrize(
    ("data", "expected", "in_ascii"),
    [
        (b"hello", "hello", "hello"),
        (b"hello\r\n", "hello␍␊", r"hello\r\n"),
        (b" \t\r\n", " ␉␍␊", r" \t\r\n"),
        (b"\r", "␍", r"\r"),
        (b"before\0after", "before␀after", r"before\x00after"),
        (b"caf\xe9 au lait\x7f", "caf\\xe9 au lait␡", "caf\\xe9 au lait\\x7f"),
        (b"a\\n'\"", "a\\\\n'\"", "a\\\\n'\""),
        (b"\x80\xff\xfe\x00A", "80 ff fe 00 41   (5 bytes)", "80 ff fe 00 41   (5 bytes)"),
        (b"\0", "00   (1 byte)", "00   (1 byte)"),
        (b"", "   (0 bytes)", "   (0 bytes)"),
    ],
)
def test_one_row(data: bytes, expected: str, in_ascii: str) -> None:
    assert shown(data) == [expected]
    assert shown(data, pen=ASCII) == [in_ascii]


def test_a_row_ends_after_a_line_feed() -> None:
    assert shown(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") == ["GET / HTTP/1.1␍␊", "Host: a␍␊", "␍␊"]


def test_what_does_not_fit_is_counted() -> None:
    assert shown(b"a" * 10_000, 30) == ["a" * 27, "a" * 27, "a" * 27, "… 10 000 bytes in all"]


def test_hex_rows_hold_multiples_of_eight() -> None:
    assert [row.count("ff") for row in shown(b"\xff" * 40, 60)] == [16, 16, 8]


def test_an_excerpt_from_the_middle_says_so() -> None:
    assert next(rows(Excerpt.of(b"a" * 1000, 500, 8), PEN, 40)) == "… aaaaaaaa … 1 000 bytes in all"


def compared(
    wanted: bytes, came: bytes, offset: int, width: int = 40, pen: Pen = PEN
) -> tuple[str, str, str]:
    return compare(Excerpt.of(wanted, offset, 64), Excerpt.of(came, offset, 64), offset, pen, width)


@pytest.mark.parametrize(
    ("wanted", "came", "offset", "drawn"),
    [
        (b"hello", b"help!", 3, ("hello", "help!", "   ^")),
        (b"hello", b"hel", 3, ("hello", "hel", "   ^")),
        (b"hel", b"hello", 3, ("hel", "hello", "   ^")),
        (b"hello\r\n", b"hello\n", 5, ("hello␍␊", "hello␊", "     ^")),
        (b"hello world", b"hello\x80world", 5, ("hello world", "hello\\x80world", "     ^^^^")),
        (b"\x80\xff\xfe", b"\x80\xff\x00", 2, ("80 ff fe", "80 ff 00", "      ^^")),
        (b"\x80\xff\xfe", b"\x80", 1, ("80 ff fe", "80", "   ^")),
        (b"hello", b"\xff\xfe\xfd", 0, ("68 65 6c 6c 6f", "ff fe fd", "^^")),
    ],
)
def test_a_comparison(wanted: bytes, came: bytes, offset: int, drawn: tuple[str, str, str]) -> None:
    assert compared(wanted, came, offset) == drawn


def test_without_anything_wanted_only_what_came_is_drawn() -> None:
    assert compare(None, Excerpt.of(b"more"), 0, PEN, 40) == ("", "more", "^")


@pytest.mark.parametrize("pen", [PEN, ASCII])
@pytest.mark.parametrize("seed", range(100))
def test_the_caret_stands_under_the_byte(seed: int, pen: Pen) -> None:
    """Any data, any place, any width: the rows fit, and above the caret is the offending byte."""
    rng = Random(seed)
    alphabet = rng.choice([b"abc", b"abc \r\n\t\0", bytes(range(256)), bytes(range(128, 256))])
    wanted = bytes(rng.choices(alphabet, k=rng.choice([1, 10, 60, 5000])))
    offset = rng.randrange(len(wanted))
    came = wanted[:offset] + bytes([wanted[offset] ^ 1]) + wanted[offset + 1 :]
    width = rng.randint(30, 90)
    above, below, caret = compared(wanted, came, offset, width, pen)
    assert max(map(len, (above, below, caret))) <= width
    start = len(caret) - len(caret.lstrip(" "))
    assert above[:start] == below[:start]
    assert above[start : len(caret)] != below[start : len(caret)]
    assert above.startswith(pen.text("…").plain + " ") == below.startswith(pen.text("…").plain + " ")
