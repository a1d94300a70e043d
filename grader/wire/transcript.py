"""The transcript of one check: what happened on the wire and to the program, in order."""

from dataclasses import replace
from enum import StrEnum

from grader.outcome import Event, Excerpt

SHOWN = 256  # bytes of what was sent or received
KEPT = 40  # events kept at each end of a transcript: 300 clients would fill a book


class Action(StrEnum):
    """What can happen, as a student reads it behind "client 1"."""

    CONNECTS = "connects"
    REFUSED = "is refused"
    SENDS = "sends"
    CANNOT_SEND = "cannot send"
    RECEIVES = "receives"
    ENDS_SENDING = "ends its sending"
    SEES_END = "sees the end of the stream"
    SEES_RESET = "sees a reset"
    RESETS = "resets the connection"
    CLOSES = "closes"
    WAITS = "waits in vain"
    STARTS = "is started"
    KILLED = "is killed"
    RUNS = "runs"
    CALLS = "calls the application"
    STARTS_RESPONSE = "calls start_response"
    WRITES = "calls write()"
    RETURNS = "returns"
    GIVES = "gives a chunk"
    IS_CLOSED = "is asked to close() what it returned"
    RAISES = "raises"


class Transcript:
    """Collects what happens. The events are made when somebody asks for them: most are never looked at."""

    def __init__(self) -> None:
        self._happened: list[tuple[int, Action, bytes, int, str]] = []
        self.connections = 0

    def add(self, connection: int, action: Action, data: bytes = b"", note: str = "") -> None:
        """Something happened on the client's `connection`th connection, or, for 0, to the program.

        What is received piece by piece, with nothing else in between, is one event.
        """
        total = len(data)
        if action is Action.RECEIVES and self._happened and self._happened[-1][:2] == (connection, action):
            _, _, beginning, before, _ = self._happened.pop()
            data, total = beginning + data, before + total
        self._happened.append((connection, action, data[:SHOWN], total, note))

    def forget(self) -> None:
        """Begin anew: what comes next has nothing to do with what was before."""
        self._happened.clear()

    def events(self) -> tuple[Event, ...]:
        """All of them, or both ends of a very long list with a note in between."""
        if len(self._happened) <= 2 * KEPT:
            return tuple(event(*happened) for happened in self._happened)
        gap = Event(0, "…", note=f"{len(self._happened) - 2 * KEPT} more of the same kind left out")
        ends = (self._happened[:KEPT], self._happened[-KEPT:])
        first, last = (tuple(event(*happened) for happened in end) for end in ends)
        return (*first, gap, *last)


def event(connection: int, action: Action, beginning: bytes, total: int, note: str) -> Event:
    """What happened, with the `beginning` of `total` bytes if there were any."""
    excerpt = replace(Excerpt.of(beginning), total=total) if total else None
    return Event(connection, action.value, excerpt, note)
