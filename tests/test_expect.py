"""Expectations: where two strings of bytes part, and which fault shows in them."""

from pathlib import Path

import pytest

from grader.expect.echoes import not_echoed
from grader.expect.faults import FAULTS, SAID, fault_in, last_words
from grader.expect.mismatch import first_difference
from grader.wire import Ended, Received

ENOUGH, EOF, RESET, REFUSED, STUCK, SPINNING = (
    Ended.ENOUGH,
    Ended.EOF,
    Ended.RESET,
    Ended.REFUSED,
    Ended.STUCK,
    Ended.SPINNING,
)


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
    (b"a\nb\n", b"a\r\nb", ENOUGH, "line ends", "byte 1 is 0x0d, where 0x0a was expected"),
    (b"caf\xe9!", b"caf\xc3\xa9", ENOUGH, "decodes", "byte 3 is 0xc3, where 0xe9 was expected"),
    (b"hello\n", b"", SPINNING, "round and round", "nothing, and then your server computed"),
    (b"hello\n", b"jello\n", ENOUGH, "", 'byte 0 is 0x6a "j", where 0x68 "h" was expected'),
    (b"hello\n", b"hel", STUCK, "only some", "3 of 6 bytes, and no more will come"),
    (b"hello\n", b"", STUCK, "waits for more", "nothing, and no more will come"),
    (b"hello\n", b"", REFUSED, "the server is gone", "the connection was refused"),
    (b"hello\n", b"h", RESET, "are unread", "the connection was reset after 1 of 6 bytes"),
    (b"two\n", b"one\n", ENOUGH, "", 'byte 0 is 0x6f "o", where 0x74 "t" was expected'),
    (b"two\n", b"one\ntwo\n", ENOUGH, "comes before", 'byte 0 is 0x6f "o", where 0x74 "t" was expected'),
    (b"\r\n", b"\n\r", ENOUGH, "comes before", "byte 0 is 0x0a, where 0x0d was expected"),
    (b"two again again\n", b"two again\n", STUCK, "leaves out", "byte 9 is 0x0a, where 0x20 was expected"),
    (b"two again again\n", b"two again!\n", STUCK, "", 'byte 9 is 0x21 "!", where 0x20 was expected'),
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


TRACEBACK = 'Traceback (most recent call last):\n  File "server.py", line 12, in echo\n'


@pytest.mark.parametrize(
    ("printed", "fault"),
    [
        (TRACEBACK + "NotImplementedError: echo\n", "still to be written"),
        (
            "  File \"server.py\", line 3\n    def f(\n         ^\nSyntaxError: '(' was never closed\n",
            "no Python program",
        ),
        (TRACEBACK + "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9\n", "decodes"),
        (TRACEBACK + "TypeError: a bytes-like object is required, not 'str'\n", "sends text"),
        (TRACEBACK + "ConnectionResetError: [Errno 104] Connection reset by peer\n", "broken connection"),
        (TRACEBACK + "BrokenPipeError: [Errno 32] Broken pipe\n", "broken connection"),
        (TRACEBACK + "OSError: [Errno 24] Too many open files\n", "descriptors"),
        (TRACEBACK + "MemoryError\n", "memory"),
        (TRACEBACK + "TypeError: 'str' object cannot be interpreted as an integer\n", "int()"),
        ("usage: server.py [-p PORT]\nserver.py: error: unrecognized arguments: 8000\n", "other arguments"),
        (TRACEBACK + "IndexError: index out of range\n", "no first byte"),
        ("sorry: [Errno 98] Address already in use\n", "SO_REUSEADDR"),
        (TRACEBACK + "KeyError: 'x'\n", ""),
        ("ConnectionResetError, but I went on\nserving\n", ""),
        ("", ""),
    ],
)
def test_the_fault_in_the_last_words(printed: str, fault: str) -> None:
    assert fault in fault_in(printed) and bool(fault) == bool(fault_in(printed))


def test_the_last_words_are_those_of_a_traceback() -> None:
    assert last_words(TRACEBACK + "KeyError: 'x'\n") == "KeyError: 'x'"
    assert last_words("listening\n") == ""
    assert len(last_words(TRACEBACK + "E: " + "x" * 10_000)) == 200


def test_every_row_of_the_tables_has_its_case() -> None:
    """A row that no case reaches would be dead: it is named here."""
    shown = {not_echoed(sent, Received(came, ended)).fault for sent, came, ended, _, _ in CASES}
    assert {name for name, _ in FAULTS} == shown - {""}
    cases = Path(__file__).read_text("utf-8")
    assert not [piece for _, piece in SAID if piece not in cases]
