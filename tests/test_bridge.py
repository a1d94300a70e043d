"""The bridge: what an application does on its side arrives as it was, and what else it may try does no harm."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import cast

import pytest

from grader.bridge import Answer, App, frames, worker
from grader.bridge.app import received
from grader.bridge.frames import ANSWER, FRAME, Unreadable, decode
from grader.expect import Mismatch, contract
from grader.outcome import Submission
from grader.plugin.cards import by_hand
from grader.steps import WORKER, Step, find
from grader.wire import Client, Ended, Keeper, NotListening, Received, Transcript
from grader.world import site

STEP = replace(find("hw01"), run="app.py: app")
RIGHT = """\
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode("latin-1")]
"""
STARTS = 'def app(environ, start_response):\n    start_response("200 OK", [])\n'

Start = Callable[..., App]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts an application, given as text, behind a worker. Its transcript is `app.transcript`."""
    keepers: list[Keeper] = []

    def start(program: str, step: Step = STEP, **files: str) -> App:
        (tmp_path / "app.py").write_text(program, "utf-8")
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(text, "utf-8")
        here = site("plain", step.limits, Submission(name="x", files={}, folder=str(tmp_path)))
        keepers.append(Keeper(here, step, Random(1), fresh=False))
        return App(keepers[-1].serve(Transcript()), Transcript())

    yield start
    for keeper in keepers:
        keeper.close()


def kinds(answer: Answer) -> list[str]:
    return [type(frame).__name__ for frame in answer.frames]


def given(answer: Answer) -> list[str]:
    call = answer.first(frames.StartResponse)
    return [value.type for value in call.arguments] if call else []


# What the application does


def test_a_call_is_told_from_its_beginning_to_its_end(start: Start) -> None:
    answer = start(RIGHT).get("/ada")
    assert kinds(answer) == ["StartResponse", "Returned", "Chunk", "Exhausted", "End"]
    assert (answer.status, answer.fields) == ("200 OK", [("Content-Type", "text/plain")])
    assert answer.whole and answer.body == b"/ada"
    assert answer.response is not None and answer.response.status_int == 200
    contract.keeps(answer)


def test_what_is_told_stands_in_the_transcript(start: Start) -> None:
    app = start(RIGHT)
    app.get("/caf%C3%A9?x=%20")
    events = app._bridge._transcript.events()
    assert [(event.connection, event.action) for event in events] == [
        (1, "calls the application"),
        (0, "calls start_response"),
        (0, "returns"),
        (0, "gives a chunk"),
    ]
    assert events[0].note == "GET /caf%C3%A9?x=%20"
    assert events[1].note == "'200 OK', [('Content-Type', 'text/plain')]"
    assert events[3].excerpt is not None and events[3].excerpt.data == b"/caf\xc3\xa9"


@pytest.mark.parametrize(
    ("arguments", "types"),
    [
        ('b"200 OK", []', ["bytes", "list"]),
        ("200, {}", ["int", "dict"]),
        ('type("str", (str,), {})("200 OK"), ()', ["str", "tuple"]),
        ('None, iter([("A", "b")]), None', ["NoneType", "list_iterator", "NoneType"]),
    ],
)
def test_nothing_is_mended(start: Start, arguments: str, types: list[str]) -> None:
    answer = start(
        f"def app(environ, start_response):\n    start_response({arguments})\n    return []\n"
    ).get("/")
    assert given(answer) == types
    assert answer.status is None and answer.response is None


def test_a_generator_is_asked_lazily_and_closed(start: Start) -> None:
    program = STARTS.replace("    start", "    yield b''\n    start") + "    yield b'a'\n    yield b'b'\n"
    assert kinds(start(program).get("/")) == [
        *("Returned", "Chunk", "StartResponse", "Chunk", "Chunk", "Exhausted", "Closed", "End")
    ]


def test_bytes_before_start_response_end_the_call(start: Start) -> None:
    answer = start(
        "def app(environ, start_response):\n    yield b'a'\n    start_response('200 OK', [])\n"
    ).get("/")
    assert kinds(answer) == ["Returned", "Chunk", "Closed", "End"]


def test_write_is_told_in_order(start: Start) -> None:
    program = STARTS.replace("    start", "    write = start") + "    write(b'a')\n    return [b'b']\n"
    answer = start(program).get("/")
    assert kinds(answer)[:4] == ["StartResponse", "Write", "Returned", "Chunk"]
    assert answer.body == b"ab"


@pytest.mark.parametrize(
    ("body", "at", "kind"),
    [
        ("    raise KeyError('x')\n", "call", "KeyError"),
        ("    yield b'a'\n    1 / 0\n", "iteration", "ZeroDivisionError"),
        ("    return None\n", "iteration", "TypeError"),
        (
            "    import io\n    class B(io.BytesIO):\n        close = lambda self: 1 / 0\n    return B()\n",
            "close",
            "Z",
        ),
        ("    import sys\n    sys.exit('so long')\n", "call", "SystemExit"),
        ("    start_response('200 OK', [])\n", "call", "AssertionError"),
        ("    start_response('200 OK')\n", "call", "TypeError"),
    ],
)
def test_an_exception_is_told_and_survived(start: Start, body: str, at: str, kind: str) -> None:
    app = start(STARTS + body)
    for _ in range(2):
        error = app.get("/").first(frames.Raised)
        assert error is not None and (error.at, error.type[: len(kind)]) == (at, kind)


def test_a_traceback_holds_the_students_lines_alone(start: Start) -> None:
    answer = start(STARTS + "    start_response('200 OK', [])\n").get("/")
    assert "app.py" in answer.printed and "AssertionError" in answer.printed
    assert "<string>" not in answer.printed


def test_a_call_without_a_second_argument_again_needs_exc_info(start: Start) -> None:
    program = STARTS + "    start_response('500 Oops', [], (None, None, None))\n    return []\n"
    answer = start(program).get("/")
    assert answer.status == "500 Oops"
    contract.keeps(answer)


# What it is given


def test_the_environ_passes_the_validator_of_python(start: Start) -> None:
    app = start("from wsgiref.validate import validator\n" + RIGHT + "app = validator(app)\n")
    for answer in (
        app.get("/?x=1"),
        app.head("/"),
        app.get("/%E9", without=("QUERY_STRING",)),
        app.lint("/"),
    ):
        contract.keeps(answer)
        assert not answer.complaint


def test_the_path_is_latin_1_text(start: Start) -> None:
    program = STARTS + "    return [ascii(environ['PATH_INFO']).encode()]\n"
    assert start(program).get("/%E6%BC%A2%FF").body == rb"'/\xe6\xbc\xa2\xff'"


def test_every_call_has_an_environ_of_its_own(start: Start) -> None:
    program = STARTS + "    size = len(environ)\n    environ['x'] = 1\n    return [str(size).encode()]\n"
    app = start(program)
    assert app.get("/").body == app.get("/").body


def test_a_variable_can_be_left_out(start: Start) -> None:
    app = start(STARTS + "    return [str('QUERY_STRING' in environ).encode()]\n")
    assert app.get("/", without=("QUERY_STRING",)).body == b"False"
    assert app.get("/").body == b"True"


@pytest.mark.parametrize(
    ("use", "used"),
    [("read()", ("read",)), ("readline()", ("readline",)), ("close()", ("close",)), ("tell()", ())],
)
def test_the_use_of_wsgi_input_is_told(start: Start, use: str, used: tuple[str, ...]) -> None:
    app = start(STARTS + f"    environ['wsgi.input'].{use}\n    return []\n")
    assert app.get("/").used_input() == used
    assert app.get("/").used_input() == used, "each call has its own"


def test_a_module_of_the_students_does_not_shadow_the_workers(start: Start) -> None:
    contract.keeps(start(RIGHT, json="1 / 0\n", socket="1 / 0\n", base64="1 / 0\n").get("/"))


@pytest.mark.parametrize(
    ("program", "got"),
    [
        ("application = 1\n", "app.py has no name 'app'"),
        ("app = 'hello'\n", "which cannot be called"),
        ("def app(:\n", "SyntaxError"),
        ("import nothing_of_the_kind\n", "ModuleNotFoundError"),
        ("raise SystemExit(0)\n", "ended with exit status 0"),
        ("import threading\nthreading.Event().wait()\n", "the import does not end"),
        (
            "import socket, sys\ns = socket.create_server(('127.0.0.1', 0))\ns.accept()\n",
            "as soon as it is imported",
        ),
    ],
)
def test_what_cannot_be_called_is_explained(start: Start, program: str, got: str) -> None:
    with pytest.raises(NotListening) as caught:
        start(program)
    mismatch = contract.not_imported(caught.value, "app:app")
    assert got in mismatch.got
    assert mismatch.expected == "app.py can be imported, and holds a callable named app"


# What else it may do

DESCRIPTORS = """\
import os, stat
def sockets():
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                yield descriptor
        except OSError:
            pass
def to_the_judge(data):
    for descriptor in sockets():
        try:
            os.write(descriptor, data)
        except OSError:
            pass
"""


@pytest.mark.parametrize(
    "data",
    [
        "b'HTTP/1.1 200 OK\\r\\n\\r\\n'",
        "b'\\xff\\xff\\xff\\xff'",
        "b'\\x00\\x00\\x00\\x02[]'",
        "b'\\x00\\x00\\x20\\x00' + b'[' * 0x2000",
        "b'\\x00\\x00\\x00\\x03\\xff\\xfe\\xfd'",
    ],
)
def test_what_is_no_frame_is_told_and_no_more_is_read(start: Start, data: str) -> None:
    answer = start(DESCRIPTORS + STARTS + f"    to_the_judge({data})\n    return []\n").get("/")
    assert answer.unreadable and not answer.whole
    with pytest.raises(Mismatch, match="something else wrote to the grader's connection"):
        contract.returns(answer)


def test_more_after_the_end_is_no_answer(start: Start) -> None:
    end = b'{"event": "end", "input": []}'
    forged = len(end).to_bytes(4, "big") + end
    answer = start(DESCRIPTORS + STARTS + f"    to_the_judge({forged!r})\n    return []\n").get("/")
    assert answer.unreadable == "more came after the end"


def test_it_may_print(start: Start) -> None:
    answer = start(STARTS + "    print('hello ' * 10000)\n    return []\n").get("/")
    contract.keeps(answer)


@pytest.mark.parametrize(
    "close", ["os.closerange(3, 64)", "os.closerange(0, 64)", "[os.close(d) for d in sockets()]"]
)
def test_it_may_close_descriptors_and_loses_the_call(start: Start, close: str) -> None:
    app = start(DESCRIPTORS + STARTS + f"    {close}\n    return []\n")
    with pytest.raises(Mismatch):
        contract.returns(app.get("/"))
    with pytest.raises(Mismatch):
        contract.returns(app.get("/"))


def test_a_child_that_goes_on_answers_too_and_so_nobody_does(start: Start) -> None:
    answer = start("import os\n" + STARTS + "    os.fork()\n    return []\n").get("/")
    assert not answer.whole
    with pytest.raises(Mismatch):
        contract.returns(answer)


def test_a_child_that_ends_is_its_own_business(start: Start) -> None:
    program = STARTS + "    if os.fork() == 0:\n        os._exit(0)\n    os.wait()\n    return []\n"
    contract.keeps(start("import os\n" + program).get("/"))


@pytest.mark.parametrize(
    ("body", "ended", "doing"),
    [
        ("threading.Event().wait()", Ended.STUCK, "waits for a lock"),
        ("time.sleep(1000)", Ended.ASLEEP, "it sleeps for"),
        ("os._exit(3)", Ended.GONE, "ended with exit status 3"),
        ("os.kill(os.getpid(), 9)", Ended.GONE, "killed by signal SIGKILL"),
    ],
)
def test_one_that_does_not_return_is_explained(start: Start, body: str, ended: Ended, doing: str) -> None:
    answer = start("import os, threading, time\n" + STARTS + f"    {body}\n").get("/")
    assert kinds(answer) == ["StartResponse"], "how far it came is known"
    assert (answer.ended, doing in answer.doing) == (ended, True)


def test_one_that_computes_for_ever_is_stopped(start: Start) -> None:
    step = replace(STEP, limits=replace(STEP.limits, cpu_seconds=0.1))
    answer = start(STARTS + "    while True: pass\n", step).get("/")
    assert answer.ended is Ended.SPINNING


def test_a_body_without_an_end_is_cut(start: Start) -> None:
    app = start(STARTS + "    while True:\n        yield b'again '\n")
    answer = app.get("/")
    assert answer.endless and not answer.whole
    with pytest.raises(Mismatch, match="a body that does not end"):
        contract.returns(answer)
    assert app.get("/").endless, "the worker has gone on to the next call"


def test_lying_values_are_what_they_are(start: Start) -> None:
    program = """\
class str_(str):
    __class__ = str
    def __eq__(self, other): return True
    def __repr__(self): raise ValueError
    __hash__ = str.__hash__
str_.__name__ = "str"
class bytes_(bytes):
    __class__ = bytes
bytes_.__name__ = "bytes"
def app(environ, start_response):
    start_response(str_("200 OK"), [])
    return [bytes_(b"hello")]
"""
    answer = start(program).get("/")
    call, chunk = answer.first(frames.StartResponse), answer.first(frames.Chunk)
    assert call is not None and chunk is not None
    assert (call.arguments[0].text, call.arguments[0].shown) == (None, "?")
    assert chunk.value.chunk is None


def test_what_it_says_steers_nothing(start: Start) -> None:
    trick = "\x1b[2J\u202e\x07\ud800"
    program = f"T = {trick!a}\n" + STARTS + "    raise type(T, (Exception,), {})(T)\n"
    app = start(program)
    with pytest.raises(Mismatch) as caught:
        contract.keeps(app.get("/" + "%1B%5B2J"))
    notes = [event.note for event in app._bridge._transcript.events()]
    assert all(text.isprintable() for text in (caught.value.got, *notes))


# The limits, just under and just over


class Canned:
    """A client of a worker that has sent these bytes, and ended."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def receive(self, size: int) -> Received:
        data, self._data = self._data[:size], self._data[size:]
        return Received(data, Ended.ENOUGH if len(data) == size else Ended.EOF)


END = b'{"event": "end", "input": []}'


def framed(*contents: bytes) -> bytes:
    return b"".join(len(content).to_bytes(4, "big") + content for content in contents)


def padded(size: int) -> bytes:
    """A frame of so many bytes, without its length."""
    return b'{"event": "closed"' + b" " * (size - 19) + b"}"


@pytest.mark.parametrize(("size", "whole"), [(FRAME, True), (FRAME + 1, False)])
def test_the_longest_frame(size: int, whole: bool) -> None:
    answer = received(cast("Client", Canned(framed(padded(size), END))), "")
    assert (answer.whole, bool(answer.unreadable)) == (whole, not whole)


@pytest.mark.parametrize(("size", "whole"), [(ANSWER, True), (ANSWER + 1, False)])
def test_the_longest_answer(size: int, whole: bool) -> None:
    rest = size - len(framed(padded(FRAME), END)) - 4
    answer = received(cast("Client", Canned(framed(padded(FRAME), padded(rest), END))), "")
    assert (answer.whole, answer.endless) == (whole, not whole)


@pytest.mark.parametrize(("more", "long"), [(0, False), (3, True)])
def test_what_does_not_fit_into_a_frame_is_told(start: Start, more: int, long: bool) -> None:
    assert worker.FRAME == FRAME
    told = {"event": "chunk", "value": {"type": "bytes", "shown": repr(b"x" * 80), "data": ""}}
    size = (FRAME - len(json.dumps(told))) // 4 * 3 + more  # base64 makes four bytes of three
    answer = start(STARTS + f"    return [b'x' * {size}]\n").get("/")
    assert bool(answer.all(frames.TooLong)) is long
    assert (len(answer.body) == size) is not long


# Frames


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"{}",
        b'{"event": "nonsense"}',
        b'{"event": "end"}',
        b'{"event": "end", "input": [], "more": 1}',
        b'{"event": "end", "input": [1]}',
        b'{"event": "closed"} {"event": "closed"}',
        b'{"event": "raised", "at": "night", "type": "E", "message": ""}',
        b'{"event": "chunk", "value": {"type": "bytes", "shown": "", "data": "*"}}',
        b'{"event": "chunk", "value": {"type": "str", "shown": "", "data": "/w=="}}',
        b'{"event": "chunk", "value": {"type": "str", "shown": "\\ud800"}}',
        b'{"event": "chunk", "value": {"type": "str", "shown": "\xff"}}',
        b'{"event": "too long", "of": 1e999}',
        b'{"event": "chunk", "value": {"type": "list", "shown": "", "items": ' + b"[" * 9999,
        b'{"event": "chunk", "value": ' + b'{"type": "list", "shown": "", "items": [' * 9999,
    ],
    ids=lambda data: data[:60].decode("latin-1"),
)
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(data)


def test_text_arrives_whatever_is_in_it() -> None:
    frame = decode(b'{"event": "write", "value": {"type": "str", "shown": "", "data": "7aCAAA=="}}')
    assert isinstance(frame, frames.Write) and frame.value.text == "\ud800\0"


def test_the_worker_stands_alone() -> None:
    """It is sent as text: it may import nothing but the standard library."""
    names = {
        line.split()[1] for line in WORKER.read_text().splitlines() if line.startswith(("import ", "from "))
    }
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
    assert len(WORKER.read_bytes()) < 32_000, "Windows takes no longer command line"


@pytest.mark.parametrize("target", ["/ada", "/Zo%C3%AB?x=%20&y='1'", '/%22%24HOME%60id%60%5C"', "/%27%0A%25"])
def test_the_line_of_python_repeats_the_call(start: Start, tmp_path: Path, target: str) -> None:
    app = start(RIGHT.replace('environ["PATH_INFO"]', '(environ["PATH_INFO"] + environ["QUERY_STRING"])'))
    answer = app.get(target)
    line = by_hand(app._bridge._transcript.events()).replace("python3", sys.executable, 1)
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["200 OK [('Content-Type', 'text/plain')]", str([answer.body])]


def test_an_application_is_run_behind_the_worker() -> None:
    assert (STEP.application, find("hw01").application) == ("app:app", "")
    assert STEP.arguments("127.0.0.1", 80) == ("-c", WORKER.read_text("utf-8"), "127.0.0.1", "80", "app:app")
    assert STEP.command("127.0.0.1", 80) == "python3 … 127.0.0.1 80 app:app"
    assert find("hw01").command("127.0.0.1", 80) == "python3 server.py 127.0.0.1 80"
