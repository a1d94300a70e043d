"""A wrong status gets the name of its fault from the request that it answers, a wrong body from the right one."""

import pytest

from grader.expect import http
from grader.expect.http_faults import BODY_FAULTS, STATUS_FAULTS, body_fault_of, status_fault_of
from tests.answers import GET, TWO, client, mismatch, read, server

HEAD = b"GET / HTTP/1.1\r\nHost: a\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\n"
TYPED = POST + b"Content-Type: application/x-www-form-urlencoded\r\n"
UPLOAD = POST + b"Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: 3\r\n\r\n"

# The request, the status that was not wanted for it, a piece of the fault's name; "": it has none.
CASES = (
    (GET, 500, "an exception of the server's own"),
    (b"GET HTTP://a/b HTTP/1.1\r\nHost: a\r\n\r\n", 404, "absolute-form for a path"),
    (b"GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "absolute-form for a path"),
    (b"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 405, "501 for one that nobody knows"),
    (b"POST / HTTP/1.1\r\nHost: a\r\n\r\n", 501, "405 is for a method"),
    (b"GET / HTTP/1.0\r\n\r\n", 400, "wants a Host of HTTP/1.0"),
    (b"GET / HTTP/1.1\r\nhOST:a\r\n\r\n", 400, "with their case"),
    (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", 200, "no notice of Transfer-Encoding"),
    (HEAD + b"Content-Length: 5\r\nContent-length: 6\r\n\r\n", 200, "one of two lengths"),
    (HEAD + b"Content-Length: +5\r\n\r\n", 200, "takes for a length what is none"),
    (HEAD + b"Content-Length:\r\n\r\n", 200, "takes for a length what is none"),
    (HEAD + b"X-Note\t : a\r\n\r\n", 200, "a space before the colon"),
    (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 200, "a space before the colon"),
    (b"GET / HTTP/1.1\r\n\r\n", 200, "exactly one Host"),
    (HEAD + b"HOST: b\r\n\r\n", 200, "exactly one Host"),
    (b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 200, "HTTP-version"),
    (b"\r\nPOST / HTTP/1.1\r\nHost: a\r\n\r\n", 200, "does not look at the method"),
    (TYPED + b"\r\n", 200, "without Content-Length"),
    (TYPED + b"Content-Length: 5\r\n\r\na=1", 200, "half a body"),
    (UPLOAD + b"\r\n--cut\r\n", 200, "that was cut off"),
    (b"GET /process_form/ HTTP/1.1\r\nHost: a\r\n\r\n", 200, "compared whole"),
    (b"GET /a%3fb?c HTTP/1.1\r\nHost: a\r\n\r\n", 404, "cuts the query off"),
    (b"GET /a?b=/c HTTP/1.1\r\nHost: a\r\n\r\n", 404, "does not cut the query off"),
    (b"GET /a?b=%3F HTTP/1.1\r\nHost: a\r\n\r\n", 404, ""),
    (b"GET /a/b HTTP/1.1\r\nHost: a\r\n\r\n", 200, "another slash in it"),
    (GET, 200, ""),
    (GET, 400, ""),
    (GET, 404, ""),
    (HEAD + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 200, ""),
    (b"GET /a?b/c HTTP/1.1\r\nHost: a\r\n\r\n", 200, ""),
    (TYPED + b"Content-Length: 3\r\n\r\na=1", 200, ""),
    (UPLOAD + b"\r\n--cut--\r\n", 200, ""),
    (b"", 200, ""),
)


@pytest.mark.parametrize(("request_", "status", "fault"), CASES, ids=repr)
def test_a_wrong_status_has_a_name(request_: bytes, status: int, fault: str) -> None:
    found = status_fault_of(request_, status)
    assert fault in found and bool(fault) == bool(found)


# The body that was wanted, the one that came, a piece of the fault's name; "": it has none.
BODIES = (
    (b"hello, ada", b"\n", "empty"),
    (b"hello, 1+1\n", b"hello, 1 1", "plus sign"),
    ("hello, Zoë".encode(), "hello, ZoÃ«".encode(), "as Latin-1"),
    ("hello, Zoë".encode(), b"hello, Zo%C3%AB", "does not percent-decode"),
    (b"hello, 50%25", b"hello, 50%\n", "twice"),
    (b"hello, why?x", b"hello, why", "split first"),
    (b"hello, ada", b"hello, ada?x=1", "cut the query off"),
    (b"hello, ada", b"Hello, ada", "capital letters"),
    (b"hello, ada", b"hello,  ada", "white space"),
    (b"hello, ada", b"hello, ada\r\n", ""),
    (b"hello, ada", b"hello, eve", ""),
)


@pytest.mark.parametrize(("wanted", "got", "fault"), BODIES, ids=repr)
def test_a_wrong_body_has_a_name(wanted: bytes, got: bytes, fault: str) -> None:
    found = body_fault_of(wanted, got)
    assert fault in found and bool(fault) == bool(found)


def test_every_fault_has_its_case() -> None:
    """A row that no case reaches would be dead: it is named here."""
    assert {name for name, _ in STATUS_FAULTS} == {status_fault_of(*row[:2]) for row in CASES} - {""}
    assert {name for name, _ in BODY_FAULTS} == {body_fault_of(*row[:2]) for row in BODIES} - {""}


def test_who_knows_the_request_gets_the_name() -> None:
    request = b"GET / HTTP/1.1\r\n\r\n"
    assert "Host" in mismatch(lambda: http.exchange(server(TWO + b"Hi"), request, 400)).fault
    assert "Host" in mismatch(lambda: http.response(client(TWO + b"Hi"), request, 400)).fault
    assert "Host" in mismatch(lambda: http.status(read(TWO + b"Hi"), 400, request=request)).fault
    assert not mismatch(lambda: http.status(read(TWO + b"Hi"), 400)).fault
    assert "capital" in mismatch(lambda: http.body(read(TWO + b"Hi"), b"hi")).fault
