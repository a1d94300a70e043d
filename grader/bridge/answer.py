"""What came of one call of the application: the frames, and what they add up to."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from grader.bridge.frames import Chunk, End, Frame, StartResponse, Told, Value, Write
from grader.outcome import printable
from grader.wire import Ended

if TYPE_CHECKING:
    from webtest import TestResponse  # type: ignore[import-untyped]

Kind = TypeVar("Kind", bound=Frame)
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
LONGEST = 160  # characters of a value, for a sentence


@dataclass(kw_only=True)
class Answer:
    """One call, as it was told. `frames` are those that could be read, in order."""

    target: str  # what was asked for: "GET /ada"
    frames: tuple[Told, ...] = ()
    ended: Ended = Ended.ENOUGH  # how the waiting for them ended
    doing: str = ""  # what the program does instead of answering
    unreadable: str = ""  # why what came next is no frame
    endless: bool = False  # they would not end
    printed: str = ""  # what the program printed meanwhile
    response: "TestResponse | None" = None  # WebTest's view of it, where it has one
    complaint: str = ""  # or why it has none

    def all(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The frames of one kind."""
        return tuple(frame for frame in self.frames if isinstance(frame, kind))

    def first(self, kind: type[Kind]) -> Kind | None:
        """The first frame of one kind."""
        return next(iter(self.all(kind)), None)

    @property
    def whole(self) -> bool:
        """Whether the call came to its end, and no more was written."""
        return bool(self.all(End)) and self.ended is Ended.ENOUGH and not self.unreadable

    @cached_property
    def status(self) -> str | None:
        """The status that the application gave last, if it is a str."""
        return given.text if (given := self.argument(0)) else None

    @cached_property
    def fields(self) -> list[tuple[str, str]] | None:
        """Its response_headers, if they are a list of tuples of two str."""
        given = self.argument(1)
        if given is None or given.type != "list" or given.items is None or given.count > len(given.items):
            return None
        pairs = [pair_of(item) for item in given.items]
        return [pair for pair in pairs if pair] if all(pairs) else None

    @cached_property
    def body(self) -> bytes:
        """All the bytes that were written and given, in order."""
        values = (frame.value for frame in self.frames if isinstance(frame, Write | Chunk))
        return b"".join(value.chunk or b"" for value in values)

    def used_input(self) -> tuple[str, ...]:
        """The methods of wsgi.input that were used, each once."""
        end = self.first(End)
        return tuple(dict.fromkeys(end.input)) if end else ()

    def argument(self, index: int) -> Value | None:
        """What start_response was given last, by position."""
        calls = [frame for frame in self.all(StartResponse) if len(frame.arguments) > index]
        return calls[-1].arguments[index] if calls else None


def pair_of(item: Value) -> tuple[str, str] | None:
    """A field name and value, if `item` is a tuple of two str."""
    if item.type != "tuple" or item.items is None or item.count != 2 or len(item.items) != 2:
        return None
    name, value = item.items[0].text, item.items[1].text
    return None if name is None or value is None else (name, value)


def looks(value: Value) -> str:
    """A value as a student's program shows it, safe to print, and the same in every run."""
    return short(ADDRESS.sub("", value.shown))


def short(text: str) -> str:
    """Text of a student's, safe to print, in a sentence."""
    text = printable(text).replace("\n", "\\n")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
