"""Faults of responses by name: how they show in the evidence. The first row that fits is the fault.

A new fault is a new row here and a new case in tests/test_expect_http.py.
"""

from collections.abc import Callable

from grader.wire.answer import Answer
from grader.wire.client import Ended

# The fault's name, and how it shows in r, the bytes of the request, and a, the answer.
FAULTS: tuple[tuple[str, Callable[[bytes, Answer], bool]], ...] = (
    (
        "it closes without an answer",
        lambda r, a: a.ended is Ended.EOF and not a.data,
    ),
    (
        "it closes while bytes of its client are unread, so the client sees a reset",
        lambda r, a: a.ended is Ended.RESET,
    ),
    (
        "the empty line between the fields and the body is missing",
        lambda r, a: a.head is None and b"<" in a.data and no_empty_line(a.data),
    ),
    (
        "its lines end in LF alone: every line of a head ends in CRLF",
        lambda r, a: a.malformed is not None and "LF" in a.malformed.fault,
    ),
    (
        "the body comes without a head: a status-line and fields go before it",
        lambda r, a: bool(a.data) and not a.data.startswith(b"HTTP"),
    ),
    (
        "its Content-Length is larger than its body",
        lambda r, a: bool(a.missing) and a.ended in (Ended.EOF, Ended.STUCK),
    ),
    (
        "it waits for more although the request is whole",
        lambda r, a: a.ended is Ended.STUCK and not a.data,
    ),
    (
        "it goes round and round, and sends nothing",
        lambda r, a: a.ended is Ended.SPINNING,
    ),
    (
        "the server is gone: no request may end the service for the next one",
        lambda r, a: a.ended in (Ended.REFUSED, Ended.GONE),
    ),
)


def fault_of(request: bytes, answer: Answer) -> str:
    """The fault that this answer to `request` shows, or ""."""
    return next((name for name, shows in FAULTS if shows(request, answer)), "")


def no_empty_line(data: bytes) -> bool:
    """Whether markup follows the fields with no empty line in between."""
    head = data.partition(b"<")[0]
    return b"\r\n\r\n" not in head and b"\n\n" not in head
