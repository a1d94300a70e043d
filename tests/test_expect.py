"""Expectations: where two strings of bytes part, and which fault shows in them."""

import pytest

from grader.expect import first_difference, not_echoed
from grader.wire import Ended, Received

ENOUGH, EOF, RESET, REFUSED, STUCK = Ended.ENOUGH, Ended.EOF, Ended.RESET, Ended.REFUSED, Ended.STUCK


@pytest.mark.parametrize(
    ("ours", "theirs", "offset"),
    [
        (b"", b"", 0),
        (b"abc", b"abc", 3),
        (b"abc", b"ab", 2),
        (b"ab", b"abc", 2),
        (b"abc", b"xbc", 0),
        (b"abc", b"abx", 2),
        (b"abc", b"axcd", 1),
        (b"x" * 999_999 + b"y" + b"z" * 10, b"x" * 1_000_010, 999_999),
    ],
)
def test_first_difference(ours: bytes, theirs: bytes, offset: int) -> None:
    assert first_difference(ours, theirs) == offset


# sent, came, how it ended; a word of the fault's name; a piece of the sentence
CASES = (
    (b"hello\r\n", b"HELLO\r\n", ENOUGH, "changes letters", 'byte 0 is 0x48 "H", where 0x68 "h" was expected'),
    (b"a\r\nb\r\n", b"a\nb\n", STUCK, "line ends", 'byte 1 is 0x0a, where 0x0d was expected'),
    (b" a \n", b"a", STUCK, "strips white space", 'byte 0 is 0x61 "a"'),
    (b"caf\xe9!", b"caf\xef\xbf", ENOUGH, "decodes", "byte 3 is 0xef, where 0xe9 was expected"),
    (b"ab\0cd", b"ab", STUCK, "NUL", "2 of 5 bytes, and no more will come"),
    (b"hello\n", b"", EOF, "closes without an answer", "the connection closed after 0 bytes"),
    (b"hello\n", b"hel", EOF, "in the middle", "the connection closed after 3 of 6 bytes"),
    (b"hello\n", b"hel", STUCK, "only some", "3 of 6 bytes, and no more will come"),
    (b"hello\n", b"", STUCK, "waits for more", "nothing, and no more will come"),
    (b"hello\n", b"", REFUSED, "dies", "the connection was refused"),
    (b"hello\n", b"h", RESET, "", "the connection was reset after 1 of 6 bytes"),
    (b"x", b"", EOF, "closes without an answer", "the connection closed after 0 bytes"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "came", "ended", "fault", "sentence"), CASES, ids=lambda value: repr(value)[:30]
)
def test_not_echoed(sent: bytes, came: bytes, ended: Ended, fault: str, sentence: str) -> None:
    mismatch = not_echoed(sent, Received(came, ended))
    assert fault in mismatch.fault and bool(fault) == bool(mismatch.fault)
    assert sentence in mismatch.got
    assert mismatch.offset == first_difference(sent, came)
    assert mismatch.wanted is not None and mismatch.wanted.total == len(sent)
    assert (mismatch.came.total if mismatch.came else 0) == len(came)


def test_the_expectation_counts_the_bytes() -> None:
    assert not_echoed(b"x", Received(b"", EOF)).expected == "the same byte back"
    assert not_echoed(b"x" * 1048583, Received(b"", EOF)).expected == "the same 1 048 583 bytes back"
