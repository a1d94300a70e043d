"""Responses: what is expected of them, and what a fault is called."""

from typing import cast

import pytest

from grader.expect import http
from grader.expect.http_faults import FAULTS, SURPLUS_FAULTS, surplus_fault_of
from grader.wire import Ended, Server
from tests.answers import GET, OK, TWO, Answering, client, mismatch, read, server

STUCK, EOF, RESET, GONE, REFUSED, SPINNING = (
    Ended.STUCK,
    Ended.EOF,
    Ended.RESET,
    Ended.GONE,
    Ended.REFUSED,
    Ended.SPINNING,
)
TWO_BEHIND = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nHi"
LF = b"GET / HTTP/1.1\r\nHost: a\n\r\n"
LARGE = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n"

# The request, what came, how it ended; a piece of the fault's name, and of what we got.
NO_RESPONSE = (
    (GET, b"", EOF, "closes without an answer", "closed after 0 bytes"),
    (GET, b"", RESET, "while bytes of its client are unread", "reset after 0 bytes"),
    (GET, TWO, RESET, "while bytes of its client are unread", "0 bytes of the body; the connection was reset"),
    (GET, OK + b"A: b\r\n<p>Hi</p>", EOF, "empty line between the fields and the body is missing", "closed"),
    (GET, OK + b"A: b\r\n<p>\nHi", EOF, "empty line between the fields and the body is missing", "LF alone"),
    (GET, b"\r\n" + TWO, EOF, "stands before the status-line", "at byte 0"),
    (GET, b"HTTP/1.1 200 OK\nA: b\n\n<p>", EOF, "lines end in LF alone", "LF alone, at byte 15"),
    (GET, b"HTTP/1.1 200 OK\nA: b\n\r\n<p>", EOF, "lines end in LF alone", "LF alone, at byte 15"),
    (GET, b"HTTP/1.1 200 OK\r\r\n\r\n", EOF, "", "a CR without its LF, at byte 15"),
    (GET, GET, EOF, "that is an echo", "begin with a status-line, at byte 0"),
    (GET, b"200 OK\r\n\r\nHi", EOF, "the version is missing", "begin with a status-line"),
    (GET, b"<p>Hi</p>", EOF, "comes without a head", "begin with a status-line"),
    (GET, OK + b"Content-Length: 41\r\n\r\nHi", EOF, "counts the head too", "2 bytes of the body"),
    (GET, TWO + b"H", EOF, "larger than its body", "1 byte of the body; the connection closed after 39 bytes"),
    (GET, TWO + b"H", STUCK, "larger than its body", "1 byte of the body; 39 bytes, and no more will come"),
    (GET + bytes(1 << 16), b"", STUCK, "collects what comes", "nothing, and no more will come"),
    (GET, b"", STUCK, "waits for more although the request is whole", "nothing, and no more will come"),
    (TWO_BEHIND, b"", STUCK, "only at the end of what has come", "nothing, and no more will come"),
    (LF, b"", STUCK, "lines of this request end in LF", "nothing, and no more will come"),
    (LF.replace(b"\r", b""), b"", STUCK, "lines of this request end in LF", "nothing, and no more will come"),
    (LARGE, b"", STUCK, "its length alone says that it is too long", "nothing, and no more will come"),
    (GET, b"", SPINNING, "goes round and round", "computed without sending"),
    (GET, b"", REFUSED, "the server is gone", "refused"),
    (GET, b"", GONE, "the server is gone", "your program ended"),
    (GET, OK + b"A : b\r\n\r\n", EOF, "", "white space before the colon, at byte 18"),
    (GET, OK, STUCK, "", "17 bytes, and no more will come"),
    (GET, OK + b"\r\nHi", STUCK, "", "21 bytes, and no more will come"),
)  # fmt: skip


@pytest.mark.parametrize(("request_", "came", "ended", "fault", "got"), NO_RESPONSE, ids=repr)
def test_no_response(request_: bytes, came: bytes, ended: Ended, fault: str, got: str) -> None:
    pieces = [came] if came else []
    told = mismatch(lambda: http.response(client(*pieces, ended=ended), request_))
    assert fault in told.fault and bool(fault) == bool(told.fault)
    assert got in told.got
    assert (told.came is None) == (not came) == (told.offset is None)
    assert told.alive == (ended in (STUCK, SPINNING))


# A body of the stated length, what came behind it, a piece of the fault's name.
BEHIND = (
    (b"Hi", TWO + b"Hi", "second response"),
    ("Grüß Gott".encode()[:9], "Grüß Gott".encode()[9:], "counts characters"),
    (b"\r\nH", b"i!", "two empty lines"),
    (b"Hi", b"\r\n", "a line end behind the body"),
    (b"Hi", b" there", "longer than its Content-Length"),
    (b"Gr\xfc\xdf", b" Gott", "longer than its Content-Length"),
)


@pytest.mark.parametrize(("body", "surplus", "fault"), BEHIND)
def test_what_comes_behind_a_body_has_a_name(body: bytes, surplus: bytes, fault: str) -> None:
    assert fault in surplus_fault_of(body, surplus)
    response = read(OK + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    told = mismatch(lambda: http.nothing_behind(client(surplus), response))
    assert fault in told.fault and f"{len(surplus)} byte" in told.got


def test_nothing_behind_a_response_is_right() -> None:
    http.nothing_behind(client(), read(TWO + b"Hi"))


def test_a_response_is_the_answer_to_its_method() -> None:
    assert http.response(client(TWO), b"HEAD / HTTP/1.1\r\n\r\n").body == b""
    assert http.response(client(TWO + b"Hi"), b"\r\n" + GET).body == b"Hi"
    assert http.exchange(server(TWO, b"Hi"), GET, 200, 201).status == 200
    assert mismatch(lambda: http.exchange(server(TWO), b"GET / HTTP/1.1\r\n\r\n")).fault


def test_a_status_is_one_of_those_expected() -> None:
    response = read(TWO + b"Hi")
    http.status(response, 200)
    http.status(response, 404, 200)
    told = mismatch(lambda: http.status(response, 404, 299))
    assert (told.expected, told.got, told.offset) == ("status 404 Not Found or 299", "status 200 OK", 9)


def test_a_field_is_there_once_and_begins_so() -> None:
    response = read(OK + b"A: Text/HTML; x\r\nB: 1\r\nb: 1\r\nC:\r\nContent-Length: 0\r\n\r\n")
    assert http.field(response, "a", "text/html") == "Text/HTML; x"
    assert http.field(response, "A", "image/", "text/") == "Text/HTML; x"
    assert http.field(response, "C") == ""
    assert mismatch(lambda: http.field(response, "A", "html")).offset == 20
    assert mismatch(lambda: http.field(response, "B")).got == "2 of them"
    told = mismatch(lambda: http.field(response, "D", "x", "y"))
    assert (told.expected, told.got) == ("a field D: x or y", "no field D")


def test_a_body_contains_lacks_or_is_something() -> None:
    response = read(OK + b"\r\n" + "Grüß".encode())
    http.contains(response, "rü")
    http.contains(response, b"\xc3")
    assert "without them" in mismatch(lambda: http.contains(response, "Ü")).got
    assert mismatch(lambda: http.contains(read(OK + b"\r\n"), "Ü")).got == "an empty body"
    http.lacks(response, "x", "no x")
    assert mismatch(lambda: http.lacks(response, "ß", "no ß")).offset == 4
    http.body(response, b"Gr\xc3\xbc\xc3\x9f")
    assert mismatch(lambda: http.body(response, b"Gr\xc3\xbc")).offset == 4
    http.says("Grüß Gott", "ß")
    assert mismatch(lambda: http.says("Gruss Gott \udcff", "ß")).got == "a page of 12 bytes without it"
    assert mismatch(lambda: http.says("", "ß")).got == "an empty page"


def test_a_connection_closes_behind_the_response() -> None:
    http.closes(client())
    assert "second response" in mismatch(lambda: http.closes(client(OK))).fault
    assert "stays open" in mismatch(lambda: http.closes(client(ended=STUCK))).got
    assert "unread" in mismatch(lambda: http.closes(client(ended=RESET))).fault


def test_a_connection_ends_whatever_comes_before() -> None:
    http.ends(client(OK, OK, b"x"))
    assert "stays open" in mismatch(lambda: http.ends(client(OK, ended=STUCK))).got
    assert mismatch(lambda: http.ends(client(OK, ended=RESET))).got == "a reset"
    http.ends(client(bytes(http.MOST_SURPLUS - 1)))
    assert "without end" in mismatch(lambda: http.ends(client(bytes(http.MOST_SURPLUS)))).fault


def test_silence_is_kept_until_something() -> None:
    http.silent(client(), "the end")
    told = mismatch(lambda: http.silent(client(b"x"), "the end"))
    assert (told.expected, told.got) == ("nothing before the end", "1 byte too early")


def test_each_row_of_a_table_begins_anew() -> None:
    answering = Answering()
    assert list(http.rows(cast(Server, answering), "abc")) == ["a", "b", "c"]
    assert answering.begun == 3


def test_every_fault_has_its_case() -> None:
    """A row that no case reaches would be dead: it is named here."""

    def told(request: bytes, came: bytes, ended: Ended) -> str:
        pieces = [came] if came else []
        return mismatch(lambda: http.response(client(*pieces, ended=ended), request)).fault

    assert {name for name, _ in FAULTS} == {told(*row[:3]) for row in NO_RESPONSE} - {""}
    assert {name for name, _ in SURPLUS_FAULTS} == {surplus_fault_of(*row[:2]) for row in BEHIND}
