"""What is expected of a WSGI server: what the application was given, and what became of what it gave.

The application is grader/applications/probe.py. It runs in the student's process, so what it tells is decoded
strictly; what does not fit is a body that the server has not passed on as it was given.
"""

from typing import TypeVar

import msgspec

from grader.expect import http
from grader.expect.gateway_faults import fault_of, fault_of_input
from grader.expect.mismatch import ALIVE, HOW_IT_ENDED, SHOWN, Mismatch, first_difference, size
from grader.outcome import Excerpt
from grader.wire import Client, Ended, Server
from grader.wire.answer import read_answer
from grader.wire.http import Response

Told = TypeVar("Told")
Lines = str | list[str]  # what a reading method has returned: bytes, as Latin-1 text, or a list of them

ASKED = 4  # times that the probe is asked whether something has happened, and between them
PATIENCE = 50  # times that the server may go on computing for a while
MUCH = 1 << 20  # bytes of a response in which something is looked for
LONGEST = 120  # characters of a value that a sentence shows


class Seen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value of environ: its type; and its text if it is a str, its methods if it is a stream, else its repr()."""

    type: str
    text: str


class Environ(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the probe was given."""

    type: str
    items: dict[str, Seen]


class NotReadable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reading method has returned, where that was neither bytes nor a list of them."""

    type: str


class Raised(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The type of the exception that was raised; "" if none was."""

    raised: str


def environ(server: Server, request: bytes) -> Environ:
    """The environ of the probe for this `request`."""
    return told(http.exchange(server, request, 200), Environ)


def told(response: Response, shape: type[Told]) -> Told:
    """What the probe tells in this response."""
    try:
        return msgspec.json.decode(response.body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Mismatch(
            expected="the body that the application gave: a JSON text",
            got=f"a body of {size(len(response.body))}, which is none",
            came=Excerpt.of(response.body, 0, SHOWN) if response.body else None,
        ) from None


# environ.


def is_dict(given: Environ) -> None:
    """environ is a dict, and of no class made from it."""
    if given.type != "dict":
        raise Mismatch(
            expected="environ is a dict, a builtin one", got=f"environ is of type {short(given.type)}"
        )


def variable(given: Environ, key: str, *values: str) -> None:
    """`key` is there, a str, and one of these values (any but "", if none). If "" is among them it may be missing."""
    seen = given.items.get(key)
    expected = f"environ[{key!r}] is {' or '.join(map(repr, values)) or 'a str that is not empty'}"
    if seen is None and "" in values:
        return
    if seen is None:
        raise Mismatch(
            expected=expected, got=f"environ has no {key!r}", fault=fault_of(key, values, "", given.items)
        )
    if seen.type == "str" and (seen.text in values if values else seen.text):
        return
    raise Mismatch(
        expected=expected,
        got=f"it is {looks(seen)}",
        fault=fault_of(key, values, seen.text, given.items)
        if seen.type == "str"
        else "the variables of CGI are str, all of them",
    )


def joined(given: Environ, key: str, *values: str) -> None:
    """`key` holds the values of several field-lines: in their order, with a comma between them."""
    seen = given.items.get(key)
    if seen and seen.type == "str" and [part.strip() for part in seen.text.split(",")] == list(values):
        return
    wanted = ", ".join(values)
    raise Mismatch(
        expected=f"environ[{key!r}] is {wanted!r}",
        got=f"it is {looks(seen)}" if seen else f"environ has no {key!r}",
        fault=fault_of(key, (wanted,), seen.text if seen else "", given.items),
    )


def absent(given: Environ, *keys: str) -> None:
    """None of these keys is there."""
    for key in keys:
        if key in given.items:
            raise Mismatch(
                expected=f"environ has no {key!r}",
                got=f"environ[{key!r}] is {looks(given.items[key])}",
                fault=fault_of(key, (), given.items[key].text, given.items),
            )


def value(given: Environ, key: str, kind: str, text: str) -> None:
    """`key` is there, of this type and with this repr(). An empty `kind` or `text` leaves that open."""
    seen = given.items.get(key)
    if seen and kind in ("", seen.type) and text in ("", seen.text):
        return
    wanted = repr(text) if kind == "str" else text
    raise Mismatch(
        expected=f"environ has {key!r}"
        if not (kind or text)
        else f"environ[{key!r}] is the {kind} {wanted}".rstrip(),
        got=f"it is {looks(seen)}" if seen else f"environ has no {key!r}",
    )


def stream(given: Environ, key: str, *methods: str) -> None:
    """`key` is there, and has these methods."""
    seen = given.items.get(key)
    missing = [name for name in methods if seen is None or name not in seen.text.split()]
    if missing:
        raise Mismatch(
            expected=f"environ[{key!r}] has the methods {', '.join(methods)}",
            got=f"it is of type {short(seen.type)}, without {', '.join(missing)}"
            if seen
            else f"environ has no {key!r}",
        )


def looks(seen: Seen) -> str:
    """A value, for a sentence: what Python would show of it, and its type if it is no str."""
    return short(repr(seen.text)) if seen.type == "str" else f"{short(seen.text)}, of type {short(seen.type)}"


def short(text: str) -> str:
    """`text`, safe to print, and not longer than a sentence can bear."""
    clean = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST]}…"


# wsgi.input.


def reads(response: Response, *wanted: Lines) -> None:
    """The reading methods have returned these, one after another."""
    came = told(response, list[Lines | NotReadable])
    for number, (ours, theirs) in enumerate(zip(wanted, came, strict=False), 1):
        if ours != theirs:
            raise Mismatch(
                expected=f"reading step {number} of wsgi.input gives {as_bytes(ours)}",
                got=as_bytes(theirs),
                fault=fault_of_input(ours, theirs),
            )
    if len(came) != len(wanted):
        raise Mismatch(expected=f"{len(wanted)} results of reading", got=f"{len(came)} of them")


def as_bytes(result: Lines | NotReadable) -> str:
    """What a reading method has returned, as Python would show it."""
    if isinstance(result, NotReadable):
        return f"something of type {short(result.type)}"
    if isinstance(result, list):
        return short("[" + ", ".join(map(as_bytes, result)) + "]")
    return short(repr(result.encode("latin-1", "replace")))


# The response.


def raised(response: Response) -> None:
    """The second call of start_response has raised an exception in the application."""
    if not told(response, Raised).raised:
        raise Mismatch(
            expected="start_response raises an exception when it is called a second time",
            got="nothing was raised",
            fault="start_response does not notice that it was called before",
        )


def refuses(server: Server, request: bytes, why: str) -> None:
    """`request` makes the application break a rule, or fail, before the first byte: the response is a 500."""
    client = server.connect()
    client.send(request)
    answer = read_answer(client)
    if answer.head is None or (answer.response is None and answer.head.status == 500):
        raise http.no_response(request, answer)
    if answer.head.status != 500:
        raise Mismatch(
            expected=f"status 500 Internal Server Error: {why}",
            got=f"status {answer.head.status} {answer.head.reason}".rstrip(),
            came=Excerpt.of(answer.data, 9, SHOWN),
            offset=9,
            fault="" if answer.response else "the head is sent before there is a byte of the body to send",
        )
    client.close()


def several(response: Response, name: str, *values: str) -> None:
    """The field comes once for each of these values, in this order."""
    came = [line.value for line in response.lines(name)]
    if came == list(values):
        return
    lines = response.lines(name)
    start = lines[0].start if lines else response.raw.find(b"\r\n\r\n") + 2
    raise Mismatch(
        expected=f"{len(values)} fields {name}: {' and '.join(values)}",
        got=f"{len(came)} of them" + (f": {short(' and '.join(came))}" if came else ""),
        came=Excerpt.of(response.raw, start, 2 * SHOWN),
        offset=start,
        fault="fields with the same name are several: a dict keeps only the last"
        if came == [values[-1]]
        else "",
    )


def tells_its_end(response: Response) -> None:
    """The end of the body is told by Content-Length or by chunks, and not only by the end of the connection."""
    if response.framing == "close":
        end = response.raw.find(b"\r\n\r\n") + 2
        raise Mismatch(
            expected="Content-Length: the body is a list of one chunk, so its length is known",
            got="neither Content-Length nor chunks: only the end of the connection ends the body",
            came=Excerpt.of(response.raw, end, SHOWN),
            offset=end,
        )


def begins(client: Client, wanted: bytes) -> None:
    """The response that the client waits for has begun: its head has come, and `wanted` after it."""
    data = b""
    while wanted not in data.partition(b"\r\n\r\n")[2]:
        received = client.receive_some()
        data += received.data
        if received.data and len(data) < MUCH:
            continue
        raise Mismatch(
            expected=f"the {size(len(wanted))} of the first chunk, before the application is asked for the next",
            got=HOW_IT_ENDED[received.ended].format(
                count=size(len(data)), came=size(len(data)) if data else "nothing"
            ),
            came=Excerpt.of(data, len(data), SHOWN) if data else None,
            offset=len(data) if data else None,
            fault="it collects chunks: each must be sent before the next is asked for"
            if received.ended in ALIVE
            else "",
            diagnosis=received.doing,
            alive=received.ended in ALIVE,
        )


def breaks_off(client: Client, request: bytes, begun: bytes) -> None:
    """The response to `request`, which the client has sent, ends too early: after `begun` comes the end of the stream.

    Its head has stated more. A client can tell that something is missing, and is not left waiting for it.
    """
    answer = read_answer(client)
    if answer.head is None:
        raise http.no_response(request, answer)
    body = answer.data[answer.head.end :]
    if body != begun:
        start = answer.head.end + first_difference(begun, body)
        raise Mismatch(
            expected=f"the {size(len(begun))} that the application gave before it failed, and no more",
            got=f"status {answer.head.status}, and a body of {size(len(body))}",
            came=Excerpt.of(answer.data, start, 2 * SHOWN),
            offset=start,
            fault="a second response in the middle of the first: its head has gone out, and cannot be taken back"
            if b"HTTP/" in body
            else "",
        )
    if answer.ended not in (Ended.EOF, Ended.RESET):
        raise http.no_response(request, answer)


def printed(server: Server, what: str, *words: str) -> None:
    """The program has printed all these words. `what` says what is expected to stand there."""
    rest(server)  # it may print after it has answered
    text = server.printed()
    if all(part in text for part in words):
        return
    raise Mismatch(
        expected=what,
        got="something else on the program's error output"
        if text
        else "nothing on the program's error output",
        printed=text,
    )


def closed(server: Server, ask: bytes, after: str) -> None:
    """close() of the body was called once. `ask` asks the probe how often; `after` says after what."""
    count = 0
    for _ in range(ASKED):
        count = told(http.exchange(server, ask, 200), int)
        if count:
            break
        rest(server)  # one of several threads may answer before another has closed
    if count != 1:
        raise Mismatch(
            expected=f"close() of the body is called once, after {after}",
            got=f"it was called {count} times" if count else "it was not called",
            fault="close() is called again and again" if count else f"close() is forgotten after {after}",
        )


def rest(server: Server) -> None:
    """Give the server time for what it does behind its client's back."""
    client = server.connect()
    for _ in range(PATIENCE):
        client.settle()
    client.close()
