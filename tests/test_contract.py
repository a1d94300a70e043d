"""The contract of WSGI: each rule on both sides, and each fault that has a name in a case of its own."""

from collections.abc import Callable

import pytest

from grader.bridge import Answer, frames
from grader.bridge.frames import (
    Chunk,
    End,
    Exhausted,
    Frame,
    Raised,
    Returned,
    StartResponse,
    TooLong,
    Value,
    Write,
)
from grader.expect import Mismatch, contract, texts
from grader.expect.contract_faults import FAULTS, TEXTS, fault_of, fault_of_text
from grader.wire import Ended

Rule = Callable[[Answer], None]


def value(given: object) -> Value:
    """What the worker tells of a value."""
    name = type(given).__name__
    if isinstance(given, bytes):
        return Value(name, repr(given), data=given)
    if isinstance(given, str):
        return Value(name, repr(given), data=given.encode())
    if isinstance(given, list | tuple):
        return Value(name, repr(given), items=tuple(map(value, given)), count=len(given))
    return Value(name, repr(given))


def starts(status: object = "200 OK", fields: object = (), *more: object) -> StartResponse:
    arguments = (status, list(fields) if isinstance(fields, tuple) else fields, *more)
    return StartResponse(tuple(map(value, arguments)), len(arguments), ())


def returned(given: object) -> Returned:
    return Returned(Value(type(given).__name__, repr(given)))


def raises(error: Exception | SystemExit) -> Raised:
    return Raised("call", type(error).__name__, str(error))


def gives(*chunks: object) -> tuple[Chunk, ...]:
    return tuple(Chunk(value(chunk)) for chunk in chunks)


def answer(*told: Frame, ended: Ended = Ended.ENOUGH) -> Answer:
    return Answer(target="GET /", frames=(*told, End(())), ended=ended)  # type: ignore[arg-type]


def right(*fields: tuple[str, str], status: str = "200 OK", body: bytes = b"hello") -> Answer:
    return answer(starts(status, fields), returned([]), *gives(body), Exhausted())


GENERATOR = answer(returned(iter([])), starts(), *gives(b"", b"a", b"b"), Exhausted())
WRITES = answer(starts(), Write(value(b"a")), returned([]), Exhausted())
SECOND = answer(starts(), starts("500 Oops", (), (1, 2, 3)), returned([]), Exhausted())
KEPT = (right(), GENERATOR, WRITES, SECOND, right(("Date", "today"), status="299 Über gut"), right(body=b""))

# What breaks which rule, and a word of what is said then.
BROKEN: tuple[tuple[Rule, Answer, str], ...] = (
    (contract.returns, answer(raises(KeyError("x"))), "KeyError"),
    (contract.returns, answer(starts(), ended=Ended.STUCK), "waits for something"),
    (contract.returns, answer(TooLong("chunk")), "24 KiB"),
    (contract.starts_response, answer(returned([]), Exhausted()), "no call of it"),
    (contract.starts_response, answer(returned([]), *gives(b"a")), "no call of it, and a body"),
    (contract.starts_response, answer(starts(), starts(), returned([])), "2 calls"),
    (contract.starts_response, answer(starts(), starts("500 Oops", (), None)), "2 calls"),
    (contract.starts_response, answer(*gives(b"a"), starts(), returned([])), "the body had begun"),
    (contract.starts_response, answer(StartResponse((), 0, ("status",))), "status=…"),
    (contract.starts_response, answer(StartResponse((value("200 OK"),), 1, ())), "start_response('200 OK')"),
    (contract.status_is_right, answer(starts(b"200 OK")), "of type bytes"),
    (contract.status_is_right, answer(starts(200)), "of type int"),
    *(
        (contract.status_is_right, answer(starts(status)), "of type str")
        for status in (
            "200",
            "200 ",
            "200  OK",
            " 200 OK",
            "OK",
            "20 OK",
            "2000 OK",
            "200 OK\r\n",
            "200\tOK",
            "099 A",
        )
    ),
    (contract.fields_are_pairs, answer(starts(fields={})), "a dict"),
    (contract.fields_are_pairs, answer(starts(fields=[["A", "b"]])), "['A', 'b'] is in the list"),
    (contract.fields_are_pairs, answer(starts(fields=[("A", "b", "c")])), "is in the list"),
    (contract.fields_are_pairs, answer(starts(fields=[("A", 1)])), "('A', 1) is in the list"),
    (contract.fields_are_pairs, answer(starts(fields=[(b"A", "b")])), "is in the list"),
    (contract.chunks_are_bytes, answer(starts(), returned("x"), *gives("x")), "'x', a str"),
    (contract.chunks_are_bytes, answer(starts(), returned(b"x"), *gives(120)), "b'x', a bytes"),
    (contract.chunks_are_bytes, answer(starts(), returned([]), *gives("x")), "a chunk 'x', of type str"),
    (contract.chunks_are_bytes, answer(starts(), Write(value("x"))), "a chunk 'x', of type str"),
    (contract.fields_are_legal, right(("A:", "b")), "('A:', 'b')"),
    (contract.fields_are_legal, right(("", "b")), "('', 'b')"),
    (contract.fields_are_legal, right(("A b", "c")), "('A b', 'c')"),
    (contract.fields_are_legal, right(("A", "b\r\nC: d")), "\\r\\n"),
    (contract.fields_are_legal, right(("A", "日")), "日"),
    (contract.fields_are_legal, right(("transfer-encoding", "chunked")), "chunked"),
)


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: str(kept.frames[0])[:20])
def test_what_keeps_the_rules_is_let_through(kept: Answer) -> None:
    contract.keeps(kept)
    contract.fields_are_legal(kept)


@pytest.mark.parametrize(("rule", "bad", "word"), BROKEN, ids=lambda part: getattr(part, "__name__", "")[:20])
def test_what_breaks_a_rule_is_told(rule: Rule, bad: Answer, word: str) -> None:
    with pytest.raises(Mismatch) as caught:
        rule(bad)
    assert word in caught.value.got
    if rule in contract.RULES:
        with pytest.raises(Mismatch):
            contract.keeps(bad)


# A word of the fault's name, and an answer that shows it.
FAULT_CASES = (
    ("still to be written", answer(raises(NotImplementedError("app")))),
    ("other arguments than environ", answer(raises(TypeError("app() takes 1 positional argument but 2 were given")))),
    ("takes for granted", answer(raises(KeyError("QUERY_STRING")))),
    ("decodes bytes that are not UTF-8", answer(Raised("call", "UnicodeDecodeError", "byte 0xff"))),
    ("lacks its letters", answer(Raised("call", "UnicodeEncodeError", "surrogates not allowed"))),
    ("mixes text and bytes", answer(raises(TypeError("can't concat str to bytes")))),
    ("mixes text and bytes", answer(raises(TypeError('can only concatenate str (not "bytes") to str')))),
    ("ends the whole program", answer(raises(SystemExit(0)))),
    ("returns nothing", answer(starts(), returned(None), raises(TypeError("not iterable")))),
    ("the body is text", answer(starts(), returned("x"), *gives("x"))),
    ("which gives numbers", answer(starts(), returned(b"x"), *gives(120))),
    ("the chunks are text", answer(starts(), returned([]), *gives("x"))),
    ("other arguments than status", answer(StartResponse((), 0, ()))),
    ("called twice", answer(starts(), starts())),
    ("too late", answer(returned([]), *gives(b"a"), starts())),
    ("never called", answer(returned([]), *gives(b"a"))),
    ("the status is bytes", answer(starts(b"200 OK"))),
    ("the status is a number", answer(starts(200))),
    ("no phrase", answer(starts("200"))),
    ("version of HTTP", answer(starts("HTTP/1.1 200 OK"))),
    ("are a dict", answer(starts(fields={}))),
    ("turned round", answer(starts([], "200 OK"))),
    ("a list of two", answer(starts(fields=[["A", "b"]]))),
    ("a field is bytes", answer(starts(fields=[(b"A", b"b")]))),
    ("value is a number", answer(starts(fields=[("A", 1)]))),
    ("the server's business: no application", right(("Connection", "close"))),
    ("", right()),
)  # fmt: skip
TEXT_CASES = (
    ("the body is empty", b"hello", b""),
    ("its characters stand for bytes", "hello, Zoë".encode(), "hello, ZoÃ«".encode()),
    ("is in Latin-1", "hello, Zoë".encode(), b"hello, Zo\xeb"),
    ("a page of HTML", b"hello, ada", b"<p>hello, ada</p>"),
    ("escaped for HTML", b"hello, <ada>", b"hello, &lt;ada&gt;"),
    ("a line about an empty query", b"Hello, World!", b"Hello, World!\nquery: "),
    ("not as it came", b"Hello, World!\nquery: %41", b"Hello, World!\nquery: A"),
    ("a plus sign", b"hello, 1+1", b"hello, 1 1"),
    ("decoded twice", b"hello, 50%25", b"hello, 50%"),
    ("percent-encoded", "hello, Zoë".encode(), b"hello, Zo%C3%AB"),
    ("about the query string is missing", b"hello\nquery: x", b"hello"),
    ("grows with every call", b"hello", b"hellohello"),
    ("capital letters", b"Hello, World!", b"Hello, world!"),
    ("white space", b"hello, ada", b"hello,ada".replace(b",", b",\n")),
    ("punctuation", b"Hello, World!", b"Hello World"),
    ("more than was asked for", b"hello", b"hello there"),
    ("", b"hello", b"goodbye"),
)


@pytest.mark.parametrize(
    ("word", "shown"), FAULT_CASES, ids=lambda part: part if isinstance(part, str) else ""
)
def test_a_fault_has_its_name(word: str, shown: Answer) -> None:
    assert word in fault_of(shown) and bool(word) == bool(fault_of(shown))


@pytest.mark.parametrize(("word", "wanted", "got"), TEXT_CASES, ids=lambda part: str(part)[:20])
def test_a_fault_of_a_text_has_its_name(word: str, wanted: bytes, got: bytes) -> None:
    assert word in fault_of_text(wanted, got) and bool(word) == bool(fault_of_text(wanted, got))


def test_every_row_has_a_case() -> None:
    assert {fault_of(shown) for _, shown in FAULT_CASES} - {""} == {name for name, _ in FAULTS}
    assert {fault_of_text(*sides) for _, *sides in TEXT_CASES} - {""} == {name for name, _ in TEXTS}


PLAIN = ("Content-Type", "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    ("ok", "field"),
    [
        (True, PLAIN),
        (True, ("content-type", 'Text/Plain;Charset="UTF-8"')),
        (True, ("CONTENT-TYPE", "text/plain ; charset=utf-8; format=flowed")),
        (False, ("Content-Type", "text/plain")),
        (False, ("Content-Type", "text/html; charset=utf-8")),
        (False, ("Content-Type", "text/plain; charset=latin-1")),
        (False, ("Content-Type", "")),
        (False, ("X", "y")),
    ],
)
def test_content_type(ok: bool, field: tuple[str, str]) -> None:
    holds(ok, lambda: texts.is_plain_text(right(field)))


def test_content_type_once() -> None:
    holds(False, lambda: texts.is_plain_text(right(PLAIN, PLAIN)))


@pytest.mark.parametrize(
    ("ok", "lengths"),
    [
        (True, []),
        (True, ["11"]),
        (True, [" 11"]),
        (False, ["10"]),
        (False, ["011"]),
        (False, ["11", "11"]),
        (False, [""]),
    ],
)
def test_content_length(ok: bool, lengths: list[str]) -> None:
    fields = [("Content-Length", length) for length in lengths]
    holds(ok, lambda: texts.has_length(right(*fields, body="hello, Zoë".encode())))


@pytest.mark.parametrize(
    ("ok", "head"),
    [
        (True, right(PLAIN, ("Content-Length", "5"), body=b"")),
        (True, right(PLAIN, ("Date", "now"), body=b"", status="200 Fine")),
        (False, right(PLAIN, ("Content-Length", "0"), body=b"")),
        (False, right(body=b"")),
        (False, right(PLAIN, body=b"", status="405 No")),
    ],
)
def test_head_is_the_head_of_get(ok: bool, head: Answer) -> None:
    holds(ok, lambda: texts.is_head_of(head, right(PLAIN, ("Content-Length", "5"))))


@pytest.mark.parametrize(
    ("ok", "body"),
    [(True, b"one\ntwo"), (True, b"one\ntwo\n"), (False, b"one\ntwo\n\n"), (False, b"one\r\ntwo")],
)
def test_a_newline_may_stand_at_the_end(ok: bool, body: bytes) -> None:
    holds(ok, lambda: texts.says(right(body=body), "one", "two"))


def test_input_and_lint() -> None:
    holds(True, lambda: texts.leaves_input(right()))
    holds(False, lambda: texts.leaves_input(Answer(target="GET /", frames=(End(("read", "close")),))))
    holds(True, lambda: texts.passes_lint(right()))
    complained = right()
    complained.complaint = "The Status header cannot be used"
    holds(False, lambda: texts.passes_lint(complained))


def holds(ok: bool, expectation: Callable[[], None]) -> None:
    """Whether the expectation is met, as it should be or should not."""
    try:
        expectation()
    except Mismatch:
        assert not ok
    else:
        assert ok


def test_the_frames_are_all_known() -> None:
    assert set(frames.Told.__args__) == set(frames.Frame.__subclasses__())  # type: ignore[attr-defined]
