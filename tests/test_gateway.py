"""What is expected of a WSGI server, from both sides: what is right passes, and what is wrong has its words."""

from collections.abc import Callable
from typing import Any

import pytest

from grader.expect import Mismatch, gateway
from grader.expect.gateway import Environ, Seen
from grader.expect.gateway_faults import FAULTS, fault_of, fault_of_input
from grader.wire.http import Reader, Response


def response(body: bytes, head: bytes = b"HTTP/1.1 200 OK\r\n") -> Response:
    """A response with that body, which ends with the connection unless the head says otherwise."""
    read = Reader().feed(head + b"\r\n" + body, ended=True)
    assert read is not None
    return read


def given(**items: object) -> Environ:
    """An environ with these str; or with what is a Seen already."""
    return Environ(
        "dict",
        {key: value if isinstance(value, Seen) else Seen("str", str(value)) for key, value in items.items()},
    )


def fails(expectation: Callable[..., object], *arguments: Any) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        expectation(*arguments)
    assert caught.value.expected and caught.value.got
    assert not caught.value.got.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"type": "dict"}',
        b'{"type": "dict", "items": {}, "more": 1}',
        b'{"type": "dict", "items": {"a": {"type": "str"}}}',
        b'{"type": "dict", "items": {"a": "b"}}',
        b'{"type": 1, "items": {}}',
        b'{"type": "\xff", "items": {}}',
        b"[" * 100_000,
    ],
)
def test_what_the_probe_would_not_tell_is_a_mismatch(body: bytes) -> None:
    assert "a JSON text" in fails(gateway.told, response(body), Environ).expected


def test_what_the_probe_tells_is_read() -> None:
    body = b'{"type": "dict", "items": {"A": {"type": "str", "text": "\\u00e9"}}}'
    assert gateway.told(response(body), Environ) == given(A="é")


def test_is_dict() -> None:
    gateway.is_dict(given())
    assert "server.Own" in fails(gateway.is_dict, Environ("server.Own", {})).got


@pytest.mark.parametrize(
    ("items", "values"),
    [({"A": "b"}, ("b",)), ({"A": "b"}, ("a", "b")), ({"A": "b"}, ()), ({}, ("",)), ({"A": ""}, ("",))],
)
def test_variable_passes(items: dict[str, str], values: tuple[str, ...]) -> None:
    gateway.variable(given(**items), "A", *values)


@pytest.mark.parametrize(
    ("items", "values", "got"),
    [
        ({}, (), "environ has no 'A'"),
        ({}, ("b",), "environ has no 'A'"),
        ({"A": ""}, (), "it is ''"),
        ({"A": "c"}, ("b",), "it is 'c'"),
        ({"A": Seen("int", "8000")}, ("8000",), "it is 8000, of type int"),
        ({"A": Seen("int", "8000")}, (), "it is 8000, of type int"),
        ({"A": "\x1b[2J\n"}, ("b",), r"it is '\x1b[2J\n'"),
        ({"A": "x" * 5000}, ("b",), "it is '" + "x" * 119 + "…"),
    ],
)
def test_variable_fails(items: dict[str, object], values: tuple[str, ...], got: str) -> None:
    assert fails(gateway.variable, given(**items), "A", *values).got == got


@pytest.mark.parametrize("text", ["a, b", "a,b", "a ,\tb"])
def test_joined_passes(text: str) -> None:
    gateway.joined(given(HTTP_A=text), "HTTP_A", "a", "b")


@pytest.mark.parametrize("text", ["a", "b", "b, a", "a; b", "a, b, c", ""])
def test_joined_fails(text: str) -> None:
    fails(gateway.joined, given(HTTP_A=text), "HTTP_A", "a", "b")
    fails(gateway.joined, given(), "HTTP_A", "a", "b")


def test_absent() -> None:
    gateway.absent(given(A="b"), "B", "C")
    assert fails(gateway.absent, given(A="b"), "B", "A").got == "environ['A'] is 'b'"


def test_value() -> None:
    environ = given(A=Seen("tuple", "(1, 0)"), B="http")
    gateway.value(environ, "A", "tuple", "(1, 0)")
    gateway.value(environ, "A", "", "")
    gateway.value(environ, "B", "str", "http")
    assert (
        fails(gateway.value, environ, "A", "tuple", "(1, 1)").expected == "environ['A'] is the tuple (1, 1)"
    )
    assert fails(gateway.value, environ, "B", "str", "https").expected == "environ['B'] is the str 'https'"
    assert fails(gateway.value, environ, "A", "list", "(1, 0)").got == "it is (1, 0), of type tuple"
    assert fails(gateway.value, environ, "C", "", "").got == "environ has no 'C'"


def test_stream() -> None:
    environ = given(A=Seen("io.BytesIO", "read readline"))
    gateway.stream(environ, "A", "read", "readline")
    assert (
        fails(gateway.stream, environ, "A", "read", "__iter__").got
        == "it is of type io.BytesIO, without __iter__"
    )
    assert fails(gateway.stream, environ, "B", "read").got == "environ has no 'B'"


@pytest.mark.parametrize(
    ("told", "wanted"), [(b"[]", ()), (b'["a", ""]', ("a", "")), (b'[["a\\n"], []]', (["a\n"], []))]
)
def test_reads_passes(told: bytes, wanted: tuple[Any, ...]) -> None:
    gateway.reads(response(told), *wanted)


@pytest.mark.parametrize(
    ("told", "got", "fault"),
    [
        (b'["onetwo"]', "b'onetwo'", "goes on behind"),
        (b'["on"]', "b'on'", "ends too early"),
        (b'[["one"]]', "[b'one']", ""),
        (b'[{"type": "str"}]', "something of type str", ""),
        (b"[]", "0 of them", ""),
        (b'["one", ""]', "2 of them", ""),
        (b"{}", "a body of 2 bytes, which is none", ""),
    ],
)
def test_reads_fails(told: bytes, got: str, fault: str) -> None:
    mismatch = fails(gateway.reads, response(told), "one")
    assert mismatch.got == got
    assert fault in mismatch.fault


def test_raised() -> None:
    gateway.raised(response(b'{"raised": "AssertionError"}'))
    assert fails(gateway.raised, response(b'{"raised": ""}')).got == "nothing was raised"


def test_several() -> None:
    both = response(b"", b"HTTP/1.1 200 OK\r\nA: 1\r\nB: 3\r\na: 2\r\n")
    gateway.several(both, "A", "1", "2")
    assert fails(gateway.several, both, "A", "2", "1").got == "2 of them: 1 and 2"
    assert fails(gateway.several, both, "C", "1", "2").got == "0 of them"
    assert "a dict keeps only the last" in fails(gateway.several, both, "B", "1", "3").fault


def test_tells_its_end() -> None:
    gateway.tells_its_end(response(b"a", b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n"))
    gateway.tells_its_end(
        response(b"1\r\na\r\n0\r\n\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n")
    )
    assert "only the end of the connection" in fails(gateway.tells_its_end, response(b"a")).got


# A case for each row of the table of faults: the key, what was wanted, what came, the other keys.
CASES = {
    "the query is left in PATH_INFO": ("PATH_INFO", "/a", "/a?b=c", {}),
    "the path is handed over as it came": ("PATH_INFO", "/\xe9", "/%E9", {}),
    "the path is decoded twice": ("PATH_INFO", "/50%25", "/50%", {}),
    "the bytes are decoded as UTF-8": ("HTTP_A", "\xc3\xa9", "é", {}),
    "a plus is a plus in a path": ("PATH_INFO", "/1+1", "/1 1", {}),
    "QUERY_STRING begins behind": ("QUERY_STRING", "a=b", "?a=b", {}),
    "QUERY_STRING is decoded": ("QUERY_STRING", "a=%41+b", "a=A b", {}),
    "QUERY_STRING ends at the second": ("QUERY_STRING", "a?b", "a", {}),
    "one environ for all requests": ("QUERY_STRING", "", "left=behind", {}),
    "a field keeps its dashes": ("HTTP_X_VISITOR", "Ada", "", {"HTTP_X-VISITOR": 1}),
    "Content-Type and Content-Length": ("CONTENT_TYPE", "a/b", "", {"HTTP_CONTENT_TYPE": 1}),
    "only the last is kept": ("HTTP_A", "a, b", "b", {}),
    "only the first is kept": ("HTTP_A", "a, b", "a", {}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_named(name: str) -> None:
    key, wanted, value, keys = CASES[name]
    assert name in fault_of(key, (wanted,), value, keys)


def test_each_fault_has_its_case_and_its_turn() -> None:
    named = [fault_of(key, (wanted,), value, keys) for key, wanted, value, keys in CASES.values()]
    assert named == [name for name, _ in FAULTS]


@pytest.mark.parametrize(
    ("key", "wanted", "value"),
    [("PATH_INFO", "/a", "/b"), ("QUERY_STRING", "a", ""), ("HTTP_A", "a", "b"), ("SERVER_PORT", "80", "")],
)
def test_what_has_no_name_gets_none(key: str, wanted: str, value: str) -> None:
    assert fault_of(key, (wanted,), value, {}) == ""


def test_faults_of_reading() -> None:
    assert fault_of_input("a", "b") == fault_of_input(["a"], "a") == fault_of_input("a", ["a"]) == ""
