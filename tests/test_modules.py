"""Asking a module: what is right agrees, what is wrong is told, and a hostile module can not break the judge."""

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from random import Random

import pytest

from grader.expect import Mismatch, modules
from grader.expect.driver import LONGEST, looks
from grader.expect.module_faults import FAULTS, MEMORY, fault_of
from grader.expect.modules import Case, Raises, decoded
from grader.outcome import Event, Submission
from grader.steps import Limits, find
from grader.wire import Keeper, Server, Transcript
from grader.world import site

LISTENS = "import socket, sys\nsocket.create_server((sys.argv[1], int(sys.argv[2]))).accept()\n"
LIMITS = Limits(cpu_seconds=0.2, sleep_seconds=0.2, clock_seconds=0.5, output_bytes=4 << 20)
IMPORTS = "from thing import *"

THING = """\
import collections, http
class Bad(Exception):
    def __init__(self, status):
        super().__init__(f"{status}: no")
        self.status = status
class Worse(Bad): pass
class Text(str): pass
class Thing:
    def __repr__(self): return "b'x'"
Pair = collections.namedtuple("Pair", "a b")
def fails(error): raise error
print("thing prints", flush=True)
"""


class Stage:
    """A server beside which `thing.py` can be asked, and what a card would show of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "server.py").write_text(LISTENS)
        here = site("plain", LIMITS, Submission(name="x", files={}, folder=str(folder)))
        self.transcript = Transcript()
        self.keeper = Keeper(here, replace(find("hw01"), limits=LIMITS), Random(1), fresh=False)
        self.server: Server = self.keeper.serve(self.transcript)

    def holds(self, thing: str) -> None:
        """Let `thing` be the module."""
        (self._folder / "thing.py").write_text(thing, "utf-8")

    def mismatch(self, thing: str, *cases: Case) -> Mismatch:
        """What is wrong with the answers of this module."""
        self.holds(thing)
        with pytest.raises(Mismatch) as caught:
            modules.agree(self.server, IMPORTS, cases)
        return caught.value

    def events(self) -> tuple[Event, ...]:
        return self.transcript.events()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.keeper.close()


def case(ask: str, *wanted: object, setup: str = "") -> Case:
    return Case("something", ask, wanted, setup)


RIGHT = (
    case("None", None),
    case("1 + 1", 3, 2),
    case("True", True),
    case("'Zoë\\ud800\\n'", "Zoë\ud800\n"),
    case("Text('a')", "a"),
    case("b'\\xff'", b"\xff"),
    case("bytearray(b'x')", b"x"),
    case("http.HTTPStatus.NOT_FOUND", 404),
    case("[(b'a', 'b')]", ([b"a", "b"],)),
    case("Pair(1, None)", (1, None)),
    case("{'b': (1,), 'a': 2}", {"a": 2, "b": [1]}),
    case("n", 7, setup="n = 7"),
    case("fails(Bad(400))", Raises("Bad")),
    case("fails(Worse(400))", Raises("Bad", "status", (414, 400))),
    case("fails(Bad(http.HTTPStatus(400)))", Raises("Bad", "status", (400,))),
    case("'x' * 100_000", "x" * 100_000),
)
WRONG = (
    (case("'a'", b"a"), "'a'"),
    (case("b'a'", "a"), "b'a'"),
    (case("1", True), "1"),
    (case("Thing()", b"x"), "<Thing: b'x'>"),
    (case("['a']", "a"), "['a']"),
    (case("{'a': 1}", {"a": 2}), "{'a': 1}"),
    (case("'x' * 99_999 + 'y'", "x" * 100_000), "'xxxx"),
    (case("fails(Bad(404))", Raises("Bad", "status", (400,))), "Bad with status 404"),
    (case("fails(Bad(404))", Raises("Bad", "reason", (404,))), "Bad with reason (none)"),
    (case("fails(Bad('400'))", Raises("Bad", "status", (400,))), "Bad with status '400'"),
    (case("fails(ValueError)", Raises("Bad")), "ValueError"),
    (case("fails(Bad(1))", "x"), "Bad: 1: no"),
    (case("'x'", Raises("Bad")), "'x'"),
    (case("nothing", None), "NameError: name 'nothing' is not defined"),
    (case("fails(SystemExit)", None), "SystemExit"),
)


def test_what_is_right_agrees(stage: Stage) -> None:
    stage.holds(THING)
    modules.agree(stage.server, IMPORTS, RIGHT)


@pytest.mark.parametrize(("wrong", "got"), WRONG, ids=lambda value: getattr(value, "ask", ""))
def test_what_is_wrong_is_told(stage: Stage, wrong: Case, got: str) -> None:
    mismatch = stage.mismatch(THING, RIGHT[0], wrong)
    assert mismatch.got.startswith(got)
    assert mismatch.expected.startswith("something: ")
    assert stage.events()[-1].note.startswith("python3 -c ")
    assert f"print({wrong.ask})" in stage.events()[-1].note.replace("'\"'\"'", "'")
    assert len(stage.events()) == 1


def test_what_the_module_prints_is_shown_without_the_value(stage: Stage) -> None:
    assert stage.mismatch(THING, case("'a'", b"a")).printed == "thing prints"
    printed = stage.mismatch(THING, case("fails(Bad(404))", "x")).printed
    assert printed.startswith("thing prints\nTraceback") and printed.endswith("thing.Bad: 404: no\n")


def test_the_first_that_differs_is_shown_with_its_place(stage: Stage) -> None:
    mismatch = stage.mismatch(THING, case("'a' * 70 + 'b' * 70", "a" * 70 + "c" * 70), case("1", 2))
    assert mismatch.offset == 71
    assert mismatch.wanted is not None and mismatch.came is not None
    assert mismatch.expected.endswith(repr("a" * 70 + "c" * 70))


def test_what_was_called_before_can_be_to_blame(stage: Stage) -> None:
    counts = "import itertools\nnumber = itertools.count()\n"
    assert stage.mismatch(counts, case("next(number)", 0), case("next(number)", 0)).fault == MEMORY
    assert stage.mismatch(counts, case("next(number)", 1), case("next(number)", 0)).fault == ""


# To any descriptor there is, and among them the one of the driver.
WRITES = """\
import contextlib, os
def f():
    for descriptor in range(3, 20):
        with contextlib.suppress(OSError):
            os.write(descriptor, %s)
"""

# A module, and what is got: how it is where it does not come to its end, and a word of how that is told.
HOSTILE = (
    ("def f():\n    while True: pass", "no end of the call", "comput"),
    ("import threading\ndef f(): threading.Event().wait()", "no end of the call", ""),
    ("import time\ndef f(): time.sleep(99)", "no end of the call", ""),
    ("import os\ndef f(): os._exit(3)", "your program ended with exit status 3", ""),
    ("import os\ndef f(): os.kill(os.getpid(), 9)", "your program was killed by signal SIGKILL", ""),
    (WRITES % "b'{}\\n'", "something wrote", ""),
    (WRITES % "b'x'", "something wrote", ""),
    (WRITES % "b'[' * (16 << 20)", "", ""),
    ("def f():\n  while 1: print('x' * 65536)", "no end of the call", ""),
    ("class E(Exception):\n  def __str__(self): raise self\ndef f(): raise E", "E", ""),
    ("class R:\n  def __repr__(self): raise SystemExit\ndef f(): return R()", "SystemExit", ""),
    ("def f(): return [*map(str, range(9**4))]", "['0', '1'", ""),
    ("def f():\n  x = []\n  for _ in range(9999): x = [x]\n  return x", "[[[[[[[[[[[[[[[[[[[[<list", ""),
    ("def f(): return 10 ** 9999", "ValueError: Exceeds the limit", ""),
    ("import sys\ndef f(): sys.stdout.close(); sys.stdin.close(); return 1", "1", ""),
    ("import json\njson.dumps = lambda x: 'null'\ndef f(): return 1", "1", ""),
    ("import threading\nthreading.Thread(target=threading.Event().wait).start()\ndef f(): return 1", "1", ""),
    ("import ctypes\ndef f(): ctypes.string_at(0)", "your program was killed by signal SIGSEGV", ""),
    ("syntax error", "SyntaxError", ""),
)  # fmt: skip


@pytest.mark.parametrize(("thing", "got", "doing"), HOSTILE, ids=[thing[:40] for thing, *_ in HOSTILE])
def test_a_hostile_module_is_a_mismatch(stage: Stage, thing: str, got: str, doing: str) -> None:
    mismatch = stage.mismatch(thing, case("f()", None))
    assert mismatch.got.startswith(got)
    assert len(mismatch.got) < 400 and len(mismatch.printed) < 6000
    assert doing in mismatch.diagnosis
    assert not any("driver" in event.note for event in stage.events())


def test_where_it_stands_is_told(stage: Stage) -> None:
    where = stage.mismatch("def f():\n    while True: pass", case("f()", None)).where
    assert where == ("thing.py:2  while True: pass",)


def test_its_own_json_is_not_ours(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("1 / 0")
    stage.holds("def f(): return 1")
    modules.agree(stage.server, IMPORTS, [case("f()", 1)])


GOOD = '{"value": "1"}\n'


@pytest.mark.parametrize(
    ("text", "count", "unreadable"),
    [
        ("", 0, False),
        (GOOD, 1, False),
        (GOOD * 2, 2, False),
        (GOOD * 3, 2, True),
        (GOOD + '{"value": "1"}', 1, True),
        (GOOD + "\n", 1, True),
        (GOOD + '{"value": 1}\n', 1, True),
        (GOOD + '{"value": null}\n', 1, True),
        (GOOD + '{"value": "1", "raised": ["E"]}\n', 1, True),
        (GOOD + '{"value": "1", "row": 1}\n', 1, True),
        (GOOD + '{"raised": ["E"], "attributes": {"status": 400}}\n', 1, True),
        (GOOD + '{"raised": ["E"], "message": "m", "attributes": {"status": "400"}}\n', 2, False),
        (GOOD + "[" * 100_000 + "\n", 1, True),
        (GOOD + '{"value": "\\ud800"}\n', 1, True),
        ("\ufffd\udcff\n" + GOOD, 0, True),
    ],
)
def test_answers_are_read_strictly(text: str, count: int, unreadable: bool) -> None:
    told, found = decoded(text, 2)
    assert (len(told), found) == (count, unreadable)


def test_a_long_value_is_told_short_and_compared_whole() -> None:
    at, over = "x" * (LONGEST - 2), "x" * (LONGEST - 1)
    assert looks(at) == repr(at)
    assert looks(over).startswith(repr(over)[:LONGEST]) and " and 1 more" in looks(over)
    assert looks(over + "y") != looks(over + "z")


def test_looks() -> None:
    assert looks(HTTPStatus.OK) == "200"
    assert looks([("a", b"b")]) == looks((["a", bytearray(b"b")],)) == "[['a', b'b']]"
    assert looks({"b": 1, "a": (2,)}) == "{'a': [2], 'b': 1}"
    assert looks(object).startswith("<type: ")


# The names of the exception and its bases, its message; how the value looks, and the wanted one; a word of the fault.
CASES: tuple[tuple[tuple[str, ...], str, str, str, str], ...] = (
    (("NotImplementedError",), "feed", "", "1", "still to be written"),
    (("SyntaxError",), "'(' was never closed", "", "1", "no Python program"),
    (("ImportError",), "cannot import name", "", "1", "a name is missing"),
    (("AttributeError",), "no attribute 'feed'", "", "1", "a name is missing"),
    (("UnicodeDecodeError", "ValueError"), "'utf-8' codec", "", "1", "not UTF-8"),
    (("ValueError",), "invalid literal for int() with base 10: 'x'", "", "1", "hands something to int()"),
    (("ValueError",), "not enough values to unpack (expected 3, got 2)", "", "1", "how many parts"),
    (("TypeError",), "a bytes-like object is required, not 'str'", "", "1", "mixes text and bytes"),
    (("KeyError", "LookupError"), "'host'", "", "1", "a key is there"),
    (("IndexError", "LookupError"), "list index out of range", "", "1", "a first, or a next"),
    ((), "", "'a'", "b'a'", "text where bytes"),
    ((), "", "b'a'", "'a'", "bytes where text"),
    ((), "", "['ab', 'b']", "['ab', b'b']", "text where bytes"),
    ((), "", "'a'", "b'b'", ""),
    ((), "", "None", "'a'", "returns nothing"),
    ((), "", "1", "2", ""),
    ((), "", "None", "", ""),
    (("ValueError",), "no", "", "1", ""),
)


@pytest.mark.parametrize(("raised", "message", "got", "wanted", "fault"), CASES)
def test_faults_have_names(raised: tuple[str, ...], message: str, got: str, wanted: str, fault: str) -> None:
    found = fault_of(raised, message, got, wanted)
    assert fault in found and bool(fault) == bool(found)


def test_every_row_of_the_table_has_its_case() -> None:
    shown = {fault_of(*row[:4]) for row in CASES}
    assert {name for name, _ in FAULTS} == shown - {""}
