"""The strict reader of responses: what it takes, what it refuses at which byte, however the bytes are cut."""

from typing import cast

import pytest

from grader.wire import Client, Ended
from grader.wire.answer import read_answer
from grader.wire.head import MOST_HEAD, Malformed
from grader.wire.http import Reader
from tests.answers import OK, TWO, Pieces, client, read

CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

# What it takes: the raw response, the method, how its end is told, its body.
WHOLE = (
    (TWO + b"Hi", "GET", "length", b"Hi"),
    (OK + b"Content-Length: 0\r\n\r\n", "GET", "length", b""),
    (OK + b"content-length:2 \t\r\nX:\r\nx-y:\ta:b\r\n\r\n\r\n", "GET", "length", b"\r\n"),
    (OK + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nHi", "GET", "length", b"Hi"),
    (b"HTTP/1.0 404 \r\nContent-Length: 2\r\n\r\nHi", "GET", "length", b"Hi"),
    (b"HTTP/1.1 299 Gr\xfc\xdf\tGott\r\nX: caf\xe9\r\nContent-Length: 0\r\n\r\n", "GET", "length", b""),
    (OK + b"\r\nHi\r\n\r\n", "GET", "close", b"Hi\r\n\r\n"),
    (OK + b"\r\n", "GET", "close", b""),
    (CHUNKED + b"0\r\n\r\n", "GET", "chunked", b""),
    (CHUNKED + b"2\r\nHi\r\nA ;a=b\r\n0123456789\r\n0\r\nX: y\r\n\r\n", "GET", "chunked", b"Hi0123456789"),
    (CHUNKED + b"00f\r\n\r\n\r\n56789abcdef\r\n000\r\n\r\n", "GET", "chunked", b"\r\n\r\n56789abcdef"),
    (TWO, "HEAD", "none", b""),
    (CHUNKED, "HEAD", "none", b""),
    (b"HTTP/1.1 204 No Content\r\n\r\n", "GET", "none", b""),
    (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "GET", "none", b""),
    (b"HTTP/1.1 100 Continue\r\n\r\n", "POST", "none", b""),
    (b"HTTP/1.1 599 Odd\r\nContent-Length: 0\r\n\r\n", "GET", "length", b""),
)
# What it refuses: the bytes, a piece of what it says, and the offset of the first wrong byte.
REFUSED_BYTES = (
    (b"<html>", "begin with a status-line", 0),
    (b"Hello\r\n\r\n", "begin with a status-line", 1),
    (b"HTTP 200 OK\r\n\r\n", "begin with a status-line", 4),
    (b"\r\nHTTP/1.1 200 OK\r\n\r\n", "begins with an empty line", 0),
    (b"http/1.1 200 OK\r\n\r\n", "begin with a status-line", 0),
    (b"HTTP/1.O 200 OK\r\n\r\n", "HTTP-version is misspelt", 7),
    (b"HTTP/11 200 OK\r\n\r\n", "HTTP-version is misspelt", 6),
    (b"HTTP/1.1200 OK\r\n\r\n", "missing behind the version", 8),
    (b"HTTP/1.1\t200 OK\r\n\r\n", "missing behind the version", 8),
    (b"HTTP/1.1 OK\r\n\r\n", "not three digits", 9),
    (b"HTTP/1.1  200 OK\r\n\r\n", "not three digits", 9),
    (b"HTTP/1.1 20 OK\r\n\r\n", "not three digits", 11),
    (b"HTTP/1.1 200\r\n\r\n", "missing behind the status-code", 12),
    (b"HTTP/1.1 2000 OK\r\n\r\n", "missing behind the status-code", 12),
    (b"HTTP/1.1 099 Odd\r\n\r\n", "the status-code is none", 9),
    (b"HTTP/1.1 600 Odd\r\n\r\n", "the status-code is none", 9),
    (b"HTTP/1.1 200 OK\n\n", "ends in LF alone", 15),
    (OK + b"A: b\nC: d\r\n\r\n", "ends in LF alone", 21),
    (OK + b"\n", "ends in LF alone", 17),
    (OK + b"A: b\rC: d\r\n\r\n", "CR without its LF", 21),
    (b"HTTP/1.1 200 OK\r\r\n\r\n", "CR without its LF", 15),
    (OK + b"A: b\r\n c\r\n\r\n", "folded", 23),
    (OK + b"A: b\r\n\tc: d\r\n\r\n", "folded", 23),
    (OK + b"<html>\r\n\r\n", "no colon", 23),
    (OK + b"A : b\r\n\r\n", "white space before the colon", 18),
    (OK + b"A B: c\r\n\r\n", "no token", 18),
    (OK + b": c\r\n\r\n", "no token", 17),
    (OK + b"\xc3\x84: c\r\n\r\n", "no token", 17),
    (OK + b"A: b\0c\r\n\r\n", "control character", 21),
    (OK + b"A:\x7f\r\n\r\n", "control character", 19),
    (OK + b"Content-Length: +2\r\n\r\nHi", "is no number", 33),
    (OK + b"Content-Length:\r\n\r\n", "is no number", 32),
    (OK + b"Content-Length: 2, 2\r\n\r\nHi", "is no number", 33),
    (OK + b"Content-Length: " + b"1" * 19 + b"\r\n\r\n", "is no number", 33),
    (OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nHi", "two Content-Lengths", 36),
    (OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", "and Transfer-Encoding", 17),
    (OK + b"Transfer-Encoding: gzip\r\n\r\n", "Transfer-Encoding is unknown", 36),
    (OK + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", "is unknown", 36),
    (CHUNKED + b"\r\n", "begin with its size", len(CHUNKED)),
    (CHUNKED + b"0x2\r\nHi\r\n", "begin with its size", len(CHUNKED)),
    (CHUNKED + b"2\r\nHi\r\n-2\r\n", "begin with its size", len(CHUNKED) + 7),
    (CHUNKED + b"2\r\nHiHi\r\n", "end where its size says", len(CHUNKED) + 5),
    (CHUNKED + b"2\r\nHi\n\n", "end where its size says", len(CHUNKED) + 5),
)
MISSING_HEAD_END = b"A: " + b"b" * 200 + b"\r\n"


@pytest.mark.parametrize(("raw", "method", "framing", "body"), WHOLE, ids=lambda value: repr(value)[:40])
def test_a_response_is_the_same_however_it_is_cut(raw: bytes, method: str, framing: str, body: bytes) -> None:
    for cut in range(len(raw) + 1):
        reader = Reader(method)
        early = reader.feed(raw[:cut])
        assert early is None or early.raw == raw[:cut] == raw
        response = reader.feed(raw[cut:], ended=True)
        assert response is not None
        assert (response.raw, response.framing, response.body) == (raw, framing, body)
        assert reader.surplus == b""


@pytest.mark.parametrize(("raw", "fault", "offset"), REFUSED_BYTES, ids=lambda value: repr(value)[:40])
def test_what_is_wrong_is_named_with_its_offset_however_it_is_cut(
    raw: bytes, fault: str, offset: int
) -> None:
    for cut in range(len(raw) + 1):
        reader = Reader()
        with pytest.raises(Malformed) as refused:
            reader.feed(raw[:cut])
            reader.feed(raw[cut:])
        assert fault in refused.value.fault
        assert refused.value.offset == offset


def test_a_control_character_in_the_reason_phrase_is_refused() -> None:
    with pytest.raises(Malformed, match="reason-phrase holds a control character"):
        Reader().feed(b"HTTP/1.1 200 O\0K\r\n\r\n")


@pytest.mark.parametrize("raw", [row[0] for row in WHOLE if row[2] != "close"], ids=lambda raw: raw[:40])
def test_a_response_is_not_whole_a_byte_earlier(raw: bytes) -> None:
    method = next(row[1] for row in WHOLE if row[0] == raw)
    assert Reader(method).feed(raw[:-1], ended=True) is None


def test_what_comes_behind_a_response_is_its_surplus() -> None:
    reader = Reader()
    response = reader.feed(TWO + b"Hi" + OK)
    assert response is not None and response.raw == TWO + b"Hi"
    assert reader.surplus == OK


def test_a_body_without_a_length_waits_for_the_end() -> None:
    reader = Reader()
    assert reader.feed(OK + b"\r\nHi") is None
    assert reader.missing() is None
    response = reader.feed(b" there", ended=True)
    assert response is not None and response.body == b"Hi there"


def test_missing_counts_the_bytes_of_the_body_that_did_not_come() -> None:
    reader = Reader()
    for piece, missing in ((TWO[:-1], None), (TWO[-1:], 2), (b"H", 1)):
        assert reader.feed(piece) is None
        assert reader.missing() == missing


def test_a_head_has_its_limit() -> None:
    head = OK + MISSING_HEAD_END * (MOST_HEAD // len(MISSING_HEAD_END))
    full = head + b"X: " + b"x" * (MOST_HEAD - len(head) - 3)
    assert Reader().feed(full) is None
    with pytest.raises(Malformed, match="the head has no end") as refused:
        Reader().feed(full + b"x")
    assert refused.value.offset == MOST_HEAD
    longest = full[:-4] + b"\r\n\r\n"
    response = Reader().feed(longest, ended=True)
    assert response is not None and len(response.raw) == MOST_HEAD


def test_a_line_of_chunks_has_its_limit() -> None:
    assert Reader().feed(CHUNKED + b"2;" + b"x" * (MOST_HEAD - 2)) is None
    with pytest.raises(Malformed, match="has no end"):
        Reader().feed(CHUNKED + b"2;" + b"x" * (MOST_HEAD - 1))


def test_the_longest_content_length_has_18_digits() -> None:
    reader = Reader()
    assert reader.feed(OK + b"Content-Length: " + b"1" * 18 + b"\r\n\r\n") is None
    assert reader.missing() == int("1" * 18)


def test_fields_are_found_by_name_in_any_case() -> None:
    response = read(OK + b"Allow: GET,\tPost\r\nALLOW: ,\r\nContent-Length: 0\r\n\r\n")
    assert response.value("allow") == "GET,\tPost, ,"
    assert response.options("Allow") == {"get", "post"}
    assert response.value("Host") is None and response.options("Host") == set()
    assert [(line.start, line.value_start) for line in response.lines("Allow")] == [(17, 24), (35, 42)]


def test_an_answer_leaves_what_is_not_its_own() -> None:
    came = Pieces(TWO + b"H", b"i" + OK)
    answer = read_answer(cast(Client, came))
    assert answer.response is not None and answer.response.body == b"Hi"
    assert answer.data == TWO + b"Hi" and came.surplus() == OK


@pytest.mark.parametrize(
    ("pieces", "ended", "missing"),
    [
        ((TWO, b"H"), Ended.STUCK, 1),
        ((OK,), Ended.EOF, None),
        ((), Ended.RESET, None),
        ((OK + b"\r\nH",), Ended.STUCK, None),
    ],
)
def test_an_answer_that_does_not_come_says_why(
    pieces: tuple[bytes, ...], ended: Ended, missing: int | None
) -> None:
    answer = read_answer(client(*pieces, ended=ended))
    assert answer.response is None and answer.malformed is None
    assert (answer.data, answer.ended, answer.missing) == (b"".join(pieces), ended, missing)
