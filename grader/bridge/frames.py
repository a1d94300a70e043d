"""What travels between the judge and the worker: one call out, and frames back, one for each thing that happened.

A frame is its length in four bytes, the highest first, and so many bytes of JSON. What comes back was written by a
program of the student's: it is decoded strictly into these types, within bounds, and is evidence, never a verdict.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

FRAME = 32 << 10  # bytes of one frame; a longer one is told as TooLong
ANSWER = (
    64 << 10
)  # bytes of all the frames of one call: as many as a Client takes from a server that talks on


class Unreadable(ValueError):
    """These bytes are no frame. The message says why, safe to print."""


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="event"):
    """Something that happened. Its tag is the field "event"."""


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that the application gave. `data` is there if it is exactly a bytes, or a str (as UTF-8)."""

    type: str  # the name of its type, which a class of the student's may share
    shown: str  # the beginning of its repr()
    data: bytes | None = None
    items: tuple["Value", ...] | None = None  # of exactly a list or a tuple: the first of them,
    count: int = 0  # and how many there are

    def __post_init__(self) -> None:
        """Raises ValueError, which the decoder takes for its own, where a text is none."""
        if self.type == "str" and self.data is not None:
            self.data.decode("utf-8", "surrogatepass")

    @property
    def text(self) -> str | None:
        """The text, if it is exactly a str."""
        if self.type != "str" or self.data is None:
            return None
        return self.data.decode("utf-8", "surrogatepass")

    @property
    def chunk(self) -> bytes | None:
        """The bytes, if it is exactly a bytes."""
        return self.data if self.type == "bytes" else None


class StartResponse(Frame, frozen=True, tag="start_response"):
    """The application called start_response. `count`: how many arguments it gave by position."""

    arguments: tuple[Value, ...]
    count: int
    keywords: tuple[str, ...]


class Write(Frame, frozen=True, tag="write"):
    """It called what start_response returns."""

    value: Value


class Returned(Frame, frozen=True, tag="returned"):
    """It returned."""

    value: Value


class Chunk(Frame, frozen=True, tag="chunk"):
    """What it returned gave its next item."""

    value: Value


class Exhausted(Frame, frozen=True, tag="exhausted"):
    """What it returned has no more items."""


class Closed(Frame, frozen=True, tag="closed"):
    """What it returned has a close(), which was called."""


class Raised(Frame, frozen=True, tag="raised"):
    """An exception came out of it."""

    at: Literal["call", "iteration", "close"]
    type: str
    message: str


class End(Frame, frozen=True, tag="end"):
    """The call is over. `input`: the methods of wsgi.input that were used, in order."""

    input: tuple[str, ...]


class TooLong(Frame, frozen=True, tag="too long"):
    """It told of something that does not fit into a frame."""

    of: str


Told = StartResponse | Write | Returned | Chunk | Exhausted | Closed | Raised | End | TooLong
DECODER = msgspec.json.Decoder(Told)


def call(environ: Mapping[str, str], body: bytes) -> bytes:
    """The frame that asks for one call, length included. `environ`: the variables that are text."""
    frame = msgspec.json.encode({"environ": environ, "body": body})
    return len(frame).to_bytes(4, "big") + frame


def decode(data: bytes) -> Told:
    """The frame in `data`, length not included. Raises Unreadable."""
    try:
        frame: Told = DECODER.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    return frame
