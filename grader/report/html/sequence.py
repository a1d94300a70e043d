"""What travelled, as a picture with two lanes: the client's on the left, the student's program's on the right.

Text stands at the side that acts. An arrow is what travels: a call, bytes, the end of a stream, a reset. What has no
arrow only happens to one side. This room computes the picture; a template writes it down as SVG.
"""

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.outcome import Event
from grader.report.octets import rows
from grader.report.pen import Pen

TEXT = 48  # characters between the lanes
CHARACTER, LINE = 7.23, 17  # pixels: the width of a character, the height of a line
LEFT, INSET = 12, 14  # from the edge to a lane, from a lane to its text
RIGHT = LEFT + 2 * INSET + round(TEXT * CHARACTER)
WIDTH = RIGHT + LEFT
FIRST, LAST = 10, 16  # events shown of a long list: at its beginning, at its end
LONGEST = 240  # characters of a note
ACTORS = {"client": "the client", "server": "your program"}


class Way(NamedTuple):
    """How an action is drawn."""

    side: str  # who acts: "client" or "server"
    kind: str  # "call", "data", "end", "reset" travel; "note" and "error" do not
    words: str  # what is said of it; nothing where the bytes speak


WAYS = {
    "connects": Way("client", "call", "connects"),
    "is refused": Way("server", "reset", "refuses the connection"),
    "sends": Way("client", "data", ""),
    "cannot send": Way("client", "error", "cannot send"),
    "receives": Way("server", "data", ""),
    "ends its sending": Way("client", "end", "ends its sending"),
    "sees the end of the stream": Way("server", "end", "the end of the stream"),
    "sees a reset": Way("server", "reset", "a reset"),
    "resets the connection": Way("client", "reset", "resets the connection"),
    "closes": Way("client", "end", "closes"),
    "waits in vain": Way("server", "error", "waits"),
    "is started": Way("server", "note", "is started"),
    "is killed": Way("server", "note", "is killed"),
    "runs": Way("server", "note", "runs"),
    "calls the application": Way("client", "call", "calls the application"),
    "calls start_response": Way("server", "data", "calls start_response"),
    "calls write()": Way("server", "data", "calls write()"),
    "returns": Way("server", "data", "returns"),
    "gives a chunk": Way("server", "data", "gives a chunk"),
    "is asked to close() what it returned": Way("client", "call", "asks it to close() what it returned"),
    "raises": Way("server", "error", "raises"),
    "…": Way("client", "note", ""),
}


class Row(NamedTuple):
    """One event, in pixels."""

    kind: str
    lines: list[tuple[str, int]]  # the text, and its baseline
    x: str  # where the text begins
    dot: tuple[int, int] | None  # on its lane, where nothing travels
    arrow: str  # the arrow's line, and its head, as SVG paths
    head: str


class Picture(NamedTuple):
    """The rows below one another, and the same in sentences."""

    height: int
    top: int  # where the lanes begin
    rows: list[Row]
    spoken: str
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT


def sequence(events: Sequence[Event], pen: Pen) -> Picture | None:
    """The picture of `events`, or None where nothing happened that is worth one."""
    if all(event.connection == 0 for event in events):
        return None
    several = len({event.connection for event in events if event.connection}) > 1
    y = top = LINE + 10
    drawn: list[Row] = []
    told: list[str] = []
    for event in shortened(events):
        way = WAYS.get(event.action, Way("client", "note", event.action))
        lines = list(text_of(event, way, several, pen))
        drawn.append(row(way, lines, y))
        y = drawn[-1].lines[-1][1] + (14 if drawn[-1].arrow else 5)
        told.append(f"{ACTORS[way.side]}: {' '.join(lines)}")
    return Picture(y + 10, top, drawn, "; ".join(told))


def shortened(events: Sequence[Event]) -> list[Event]:
    """The events, without the middle where there are many."""
    if len(events) <= FIRST + LAST + 2:
        return list(events)
    return [*events[:FIRST], Event(0, "…", note="and so on"), *events[-LAST:]]


def text_of(event: Event, way: Way, several: bool, pen: Pen) -> Iterator[str]:
    """The lines of text at an event, none wider than the picture."""
    who = f"client {event.connection}: " if several and event.connection else ""
    note = pen.text(event.note.replace("\n", " "), longest=LONGEST).plain
    if way.words:
        waits = event.action == "waits in vain"  # its note is a sentence: "it waits in accept() for a client"
        words = note if waits and note else f"{way.words}: {note}" if note else way.words
        yield from wrapped(who + words)
        who = note = ""
    if event.excerpt:
        for line in rows(event.excerpt, pen, TEXT - len(who)):
            yield who + line
            who = " " * len(who)
    if note:
        yield from wrapped(f"({note})")


def wrapped(text: str) -> list[str]:
    """The lines of `text`."""
    return textwrap.wrap(text, TEXT, subsequent_indent="  ")


def row(way: Way, lines: Sequence[str], y: int) -> Row:
    """A row below `y`, with its text at the side that acts."""
    lane, other, forward = (LEFT, RIGHT, 1) if way.side == "client" else (RIGHT, LEFT, -1)
    wide = max((len(line) for line in lines), default=0) * CHARACTER
    x = LEFT + INSET if way.side == "client" else RIGHT - INSET - wide
    placed = [(line, y + LINE * number) for number, line in enumerate(lines or [""], 1)]
    below = placed[-1][1] + 8
    if way.kind in ("note", "error"):
        return Row(way.kind, placed, f"{x:.1f}", (lane, placed[0][1] - 4), "", "")
    tip = other - 8 * forward
    head = f"M{other} {below}l{-8 * forward} -4v8z"
    if way.kind == "reset":
        head = f"M{tip} {below - 4}l{8 * forward} 8m0 -8l{-8 * forward} 8"
    return Row(way.kind, placed, f"{x:.1f}", None, f"M{lane} {below}H{tip}", head)
