"""The transcript of one check: what happened on the wire and to the program, in order."""

from enum import StrEnum

from grader.outcome import Event, Excerpt

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


class Transcript:
    """Collects events. A run of sends, or of receives, on one connection is one event per call."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self.connections = 0

    def add(self, connection: int, action: Action, data: bytes | None = None, note: str = "") -> None:
        """Something happened on the client's `connection`th connection, or, for 0, to the program."""
        excerpt = None if data is None else Excerpt.of(data)
        self._events.append(Event(connection, action.value, excerpt, note))

    def events(self) -> tuple[Event, ...]:
        """All of them, or both ends of a very long list with a note in between."""
        if len(self._events) <= 2 * KEPT:
            return tuple(self._events)
        gap = Event(0, "…", note=f"{len(self._events) - 2 * KEPT} more of the same kind left out")
        return (*self._events[:KEPT], gap, *self._events[-KEPT:])
