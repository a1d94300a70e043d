"""Lesson cards: a Mismatch, with what the check, the transcript and the program itself have to say about it."""

from urllib.parse import unquote

from grader.expect import Mismatch
from grader.expect.faults import fault_in
from grader.outcome import Card, Check, Event, Excerpt
from grader.wire import Keeper, Transcript
from grader.wire.transcript import Action

LINE = 500  # characters of a line of Python that is to be read
REPEATED = (Action.SENDS, Action.RECEIVES, Action.ENDS_SENDING)


def make_card(
    check: Check, mismatch: Mismatch, keeper: Keeper | None, transcript: Transcript, again: str
) -> Card:
    """The card for `mismatch`. Ends the program where that is what makes it tell where it is stuck."""
    program = keeper.program if keeper else None
    if keeper and not mismatch.alive:
        keeper.rest()  # a program that has failed closes its connections first, and tells why after that
    where = program.where() if program and mismatch.alive else mismatch.where
    printed = mismatch.printed or (keeper.printed() if keeper else "")
    # What the server says of itself is surer than what its bytes look like. (What another program said is no clue.)
    fault = mismatch.fault if mismatch.printed else fault_in(printed) or mismatch.fault
    events = transcript.events()
    return Card(
        checked=check.title,
        sent=events,
        expected=mismatch.expected,
        got=mismatch.got,
        wanted=mismatch.wanted,
        came=mismatch.came,
        offset=mismatch.offset,
        fault=fault,
        diagnosis=mismatch.diagnosis,
        where=where,
        printed=printed,
        read=check.read,
        again=again,
        by_hand=by_hand(events),
    )


def by_hand(events: tuple[Event, ...]) -> str:
    """A line of Python that repeats what the last client did, against `python3 server.py 127.0.0.1 8000`.

    Or what an application was called with, where it is one.
    """
    asked = [event.note for event in events if event.action == Action.CALLS]
    if asked:
        # All the calls, since one may leave something to the next; or the last, if that is too much to type.
        return next(
            (line for line in (calls_by_hand(asked), calls_by_hand(asked[-1:])) if len(line) < LINE), ""
        )
    runs = [event.note for event in events if event.action == Action.RUNS]
    if runs and runs[-1].startswith("python3 -c "):
        return runs[-1]
    told = [event for event in events if event.action in REPEATED]
    calls = [as_python(event) for event in told]
    if not any("send" in call for call in calls) or "" in calls or len({e.connection for e in told}) > 1:
        return ""
    for place in range(len(told) - 1, 0, -1):  # a pause between two segments: they are to arrive one by one
        if told[place].action == told[place - 1].action == Action.SENDS:
            calls.insert(place, "time.sleep(0.2)")
    modules = ", ".join(["socket", *(name for name in ("os", "time") if f"{name}." in " ".join(calls))])
    steps = "; ".join([f"import {modules}", "s = socket.create_connection(('127.0.0.1', 8000))", *calls])
    line = f'python3 -c "{steps}; print(s.recv(65536))"'
    return line if len(line) < LINE else ""


def calls_by_hand(asked: list[str]) -> str:
    """A line of Python that makes these calls. print() stands for start_response."""
    fill = "from wsgiref.util import setup_testing_defaults as fill"
    return f'python3 -c "{"; ".join(("from app import app", fill, *map(as_call, asked)))}"'


def as_call(asked: str) -> str:
    """The Python for one call: `asked` is "GET /caf%C3%A9?x=1". `fill` puts in what else belongs into an environ."""
    method, _, target = asked.partition(" ")
    target, without_query, _ = target.partition(" ")  # bridge/app.py: " (no QUERY_STRING)"
    path, _, query = target.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": unquote(path, "latin-1")}
    if not without_query:
        environ["QUERY_STRING"] = query
    pairs = ", ".join(f"'{name}': '{quoted(value.encode('latin-1'))}'" for name, value in environ.items())
    return f"e = {{{pairs}}}; fill(e); print(list(app(e, print)))"


def as_python(event: Event) -> str:
    """The call that does what the event says, or "" where it cannot be told: a long request has no short form."""
    if event.action == Action.ENDS_SENDING:
        return "s.shutdown(socket.SHUT_WR)"
    if event.action == Action.RECEIVES:
        return "print(s.recv(65536))"
    excerpt = event.excerpt or Excerpt.of(b"")
    if len(excerpt.data) == excerpt.total:
        return f"s.sendall(b'{quoted(excerpt.data)}')"
    return "" if b"HTTP/" in excerpt.data else f"s.sendall(os.urandom({excerpt.total}))"


def quoted(data: bytes) -> str:
    """Bytes as they stand between single quotes of Python that stand inside double quotes of a shell."""
    return "".join(
        f"\\x{byte:02x}" if byte in b"'\"\\$`!" else Excerpt.of(bytes([byte])).text for byte in data
    )
