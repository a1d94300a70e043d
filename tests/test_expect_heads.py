"""Heads, layer by layer: each expectation judges one thing, and forgives what the others judge."""

from collections.abc import Callable

import pytest

from grader.expect import heads
from grader.expect.mismatch import Mismatch
from grader.wire import Ended
from tests.answers import GET, OK, TWO, mismatch, read, server

# What came, and the layer at which it fails; none, if it is right.
LAYERS = (
    (TWO + b"Hi", ""),
    (b"HTTP/1.0 200 \r\n\r\n", ""),
    (OK + b"Link: </a>; rel=x\r\n\r\n<p>", ""),
    (TWO + b"H", ""),
    (OK + b"Content-Length: x\r\n\r\n", ""),
    (b"", "answered"),
    (b"Hi", "status_line"),
    (b"\r\n" + TWO, "status_line"),
    (b"HTTP/1.O 200 OK\r\n\r\n", "status_line"),
    (b"HTTP/1.O 200 OK\n\n", "status_line"),
    (b"HTTP/2.0 200 OK\r\n\r\n", "status_line"),
    (b"HTTP/1.2 200 OK\r\n\r\n", "status_line"),
    (b"HTTP/1.1 404 OK\r\n\r\n", "status_line"),
    (b"HTTP/1.1 200 OK\n\n", "line_ends"),
    (b"HTTP/1.1 200 OK\r\r\n\r\n", "line_ends"),
    (b"HTTP/1.1 200 OK\n\rA: b\n\r\n\r", "line_ends"),
    (OK + b"A: b\n\r\n", "line_ends"),
    (OK + b"A: b\r\n\n<p>", "line_ends"),
    (OK + b"A: b\n<!DOCTYPE html>\n", "line_ends"),
    (OK + b"A : b\nC: d\r\n\r\n", "line_ends"),
    (OK + b"A: b\r\n", "empty_line"),
    (OK + b"A: b\r\n<!doctype HTML>\n\n<p>", "empty_line"),
    (OK + b"A: b<html>\n\n", "empty_line"),
    (OK + b"A: b\r\n <p>Hi</p>\n", "empty_line"),
    (OK + b"A : b\r\n\r\n<p>\n", "fields"),
    (OK + b"A\r\n\r\n\n", "fields"),
)


def layer_of(raw: bytes, cut: int) -> str:
    """The first layer at which these bytes fail, when they come in two pieces."""
    try:
        came = heads.answered(server(*filter(None, (raw[:cut], raw[cut:]))), GET)
    except Mismatch:
        return "answered"
    layers: tuple[tuple[str, Callable[[], object]], ...] = (
        ("status_line", lambda: heads.status_line(came, 200)),
        ("line_ends", lambda: heads.line_ends(came)),
        ("empty_line", lambda: heads.empty_line(came)),
        ("fields", lambda: heads.fields(came)),
    )
    for name, expectation in layers:
        try:
            expectation()
        except Mismatch:
            return name
    return ""


@pytest.mark.parametrize(("raw", "layer"), LAYERS, ids=repr)
def test_each_layer_of_a_head_has_its_faults_however_it_is_cut(raw: bytes, layer: str) -> None:
    assert {layer_of(raw, cut) for cut in range(len(raw) + 1)} == {layer}


def test_a_head_is_looked_at_although_its_body_is_not_whole() -> None:
    response = heads.fields(heads.answered(server(TWO + b"H", ended=Ended.STUCK), GET))
    assert (response.status, response.body, response.value("Content-Length")) == (200, b"H", "2")


def test_each_request_of_a_table_has_its_answer() -> None:
    heads.each(server(TWO + b"Hi"), [GET, GET])
    told = mismatch(lambda: heads.each(server(b"HTTP/1.1 404 No\r\n\r\n"), [GET]))
    assert (told.expected, told.got, told.offset) == ("status 200 OK", "status 404 No", 9)


@pytest.mark.parametrize(
    ("fields", "got"),
    [
        (b"Content-Length: 2\r\n", ""),
        (b"", "no field"),
        (b"Transfer-Encoding: chunked\r\n", "no field"),
        (b"Content-Length: 2\r\nContent-Length: 2\r\n", "2 of them"),
        (b"Content-Length: two\r\n", "no number"),
        (b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "and Transfer-Encoding"),
    ],
)
def test_a_length_is_stated_once(fields: bytes, got: str) -> None:
    came = heads.answered(server(OK + fields + b"\r\n0\r\n\r\n"), GET)
    if got:
        assert got in mismatch(lambda: heads.stated_length(came)).got
    else:
        heads.stated_length(came)


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (b"text/html; charset=utf-8", True),
        (b'text/html;a=b ;\tCharset="UTF-8";c=d', True),
        (b"text/html", False),
        (b"text/html; charset=utf-80", False),
        (b'text/html; charset="utf-8', False),
        (b"text/html; charset = utf-8", False),
        (b"text/html charset=utf-8", False),
        (b"text/html; xcharset=utf-8", False),
        (b"text/html; charset=latin-1; charset=utf-8", False),
    ],
)
def test_a_parameter_has_its_value(value: bytes, right: bool) -> None:
    response = read(OK + b"Content-Type: " + value + b"\r\n\r\n")
    if right:
        heads.parameter(response, "Content-Type", "charset", "utf-8")
    else:
        told = mismatch(lambda: heads.parameter(response, "Content-Type", "charset", "utf-8"))
        assert told.got == f"Content-Type: {value.decode()}" and told.offset == 31


def test_an_option_is_one_of_a_list() -> None:
    heads.option(read(OK + b"Connection: foo, CLOSE\r\n\r\n"), "Connection", "close")
    told = mismatch(lambda: heads.option(read(OK + b"Connection: closed\r\n\r\n"), "Connection", "close"))
    assert (told.got, told.offset) == ("Connection: closed", 17)
    told = mismatch(lambda: heads.option(read(OK + b"\r\n"), "Connection", "close"))
    assert (told.got, told.offset) == ("no field Connection", 17)
