"""What is expected of a module as such: what its functions return and raise, asked beside the server, in one run.

modules.agree(
    server,
    "from request import RequestParser",
    [Case("half a line", 'RequestParser().feed(b"GET /")', (None,))],
)

A case is an expression of Python, so that the card of one that fails shows a line that can be tried by hand. What
the student's side tells is text, decoded within bounds, and compared with the looks of what was wanted.
"""

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from grader.expect.driver import looks
from grader.expect.mismatch import SHOWN, Mismatch, first_difference
from grader.expect.module_faults import MEMORY, fault_of
from grader.outcome import Excerpt, printable
from grader.wire import Server

MOST = 1 << 20  # characters of all the answers of a run
SENTENCE = 150  # characters of a value, for a sentence


@dataclass(frozen=True, slots=True)
class Raises:
    """An exception of this class, or of one made from it; with an attribute of one of these values, if one is named."""

    kind: str
    attribute: str = ""
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What `ask`, an expression, may give: one of the values or exceptions in `wanted`.

    Lists and tuples are alike, and so are bytes and bytearrays. `name` says in words what the case is about.
    """

    name: str
    ask: str
    wanted: tuple[object, ...]
    setup: str = ""  # a statement before it: "p = RequestParser()"


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of an expression: how its value looks, or the names of the exception's class and of its bases."""

    value: str | None = None
    raised: tuple[str, ...] = ()
    message: str = ""
    attributes: dict[str, str] = {}

    def __post_init__(self) -> None:
        """Raises ValueError, which the decoder takes for its own, where it says both or neither."""
        if (self.value is None) != bool(self.raised):
            raise ValueError("a value or an exception")

    def text(self, wanted: Sequence[object]) -> str:
        """For a sentence that says what came instead of `wanted`."""
        if self.value is not None:
            return self.value
        for one in wanted:
            if (
                isinstance(one, Raises) and one.kind in self.raised
            ):  # so it is its attribute that is not right
                return f"{one.kind} with {one.attribute} {self.attributes.get(one.attribute, '(none)')}"
        return f"{self.raised[0]}: {self.message}".removesuffix(": ")


DECODER = msgspec.json.Decoder(Told)


@dataclass(frozen=True, slots=True)
class Run:
    """The answers of one run, and how it ended; `unreadable` says that another than the driver wrote among them."""

    told: tuple[Told, ...]
    unreadable: bool = False
    ended: bool = True
    doing: str = ""
    where: tuple[str, ...] = ()


def agree(server: Server, imports: str, cases: Sequence[Case]) -> None:
    """Each case gives what is wanted of it. `imports` is a statement that goes before each: "import request"."""
    run = ask(server, imports, cases)
    if run.unreadable:
        server.begin_anew()  # the driver is not for students to read
        raise Mismatch(
            expected="standard output and standard error, and no other descriptor, are for printing",
            got="something wrote to the grader's own descriptor",
        )
    for index, case in enumerate(cases):
        told = run.told[index] if index < len(run.told) else None
        if told is None or not fits(told, case.wanted):
            memory = index > 0 and told is not None and alone_it_fits(server, imports, case)
            raise not_agreed(case, told, run, by_hand(server, imports, case), memory)


def ask(server: Server, imports: str, cases: Sequence[Case]) -> Run:
    """Run the driver on all the cases."""
    questions = json.dumps([(statements(imports, case), case.ask) for case in cases]).encode()
    packed = base64.b64encode(zlib.compress(questions)).decode("ascii")
    with server.beside("-c", source(), packed) as (program, waited):
        text = program.output(MOST)
        ending = program.ended()
        told, unreadable = decoded(text, len(cases))
        if ending and ending.status != 0:  # what it says then of its end is not for us
            return Run(told, doing=waited.doing)
        if len(told) == len(cases) or unreadable:
            return Run(told, unreadable)
        return Run(told, False, bool(ending), waited.doing, () if ending else program.where())


def statements(imports: str, case: Case) -> str:
    """What goes before its expression."""
    return "; ".join(filter(None, (imports, case.setup)))


@cache
def source() -> str:
    """The driver, as text."""
    return Path(__file__).with_name("driver.py").read_text("utf-8")


def decoded(text: str, most: int) -> tuple[tuple[Told, ...], bool]:
    """The answers that a run wrote, one a line, at most so many; and whether there is anything else."""
    *lines, rest = text.split("\n")
    told: list[Told] = []
    for line in lines:
        try:
            told.append(DECODER.decode(line.encode("utf-8")))
        except (msgspec.MsgspecError, UnicodeError):
            return tuple(told[:most]), True
    return tuple(told[:most]), bool(rest) or len(told) > most


def fits(told: Told, wanted: Sequence[object]) -> bool:
    """Whether it is one of those that are wanted."""
    for one in wanted:
        if isinstance(one, Raises):
            right = [looks(value) for value in one.values]
            if one.kind in told.raised and (not right or told.attributes.get(one.attribute) in right):
                return True
        elif told.value == looks(one):
            return True
    return False


def alone_it_fits(server: Server, imports: str, case: Case) -> bool:
    """Whether the case gives what is wanted in a run of its own, so that it was one before it that is to blame."""
    run = ask(server, imports, [case])
    return not run.unreadable and len(run.told) == 1 and fits(run.told[0], case.wanted)


def by_hand(server: Server, imports: str, case: Case) -> str:
    """Run the case as a student would, so that the card shows the line; what that printed, without the value."""
    server.begin_anew()
    line = f"{statements(imports, case)}; print({case.ask})"
    with server.beside("-c", line) as (program, _):
        printed, ending = program.output(), program.ended()
    if ending and ending.status == 0:
        return printed.removesuffix("\n").rpartition("\n")[0]
    return printed


def not_agreed(case: Case, told: Told | None, run: Run, printed: str, memory: bool) -> Mismatch:
    """The Mismatch for a case that gave something else, or never came to its end."""
    mismatch = Mismatch(
        expected=f"{case.name}: {' or '.join(map(told_of, case.wanted))}", got="", printed=printed
    )
    if told is None:
        mismatch.got = f"your program {run.doing.removeprefix('it ')}" if run.ended else "no end of the call"
        mismatch.diagnosis, mismatch.where = "" if run.ended else run.doing, run.where
        return mismatch
    mismatch.got = short(told.text(case.wanted))
    value = next((looks(one) for one in case.wanted if not isinstance(one, Raises)), "")
    mismatch.fault = MEMORY if memory else fault_of(told.raised, told.message, told.value or "", value)
    if told.value and value and max(len(told.value), len(value)) > SHOWN:
        wanted, came = value.encode("utf-8"), told.value.encode("utf-8")
        mismatch.offset = first_difference(wanted, came)
        mismatch.wanted = Excerpt.of(wanted, mismatch.offset, SHOWN)
        mismatch.came = Excerpt.of(came, mismatch.offset, SHOWN)
    return mismatch


def told_of(wanted: object) -> str:
    """One of the things that are wanted, for a sentence."""
    if not isinstance(wanted, Raises):
        return short(looks(wanted))
    if not wanted.values:
        return wanted.kind
    return f"{wanted.kind} with {wanted.attribute} {' or '.join(map(looks, wanted.values))}"


def short(text: str) -> str:
    """Text that may be a student's, safe to print, in a sentence."""
    text = printable(text).replace("\n", "\\n")
    return text if len(text) <= SENTENCE else f"{text[: SENTENCE - 1]}…"
