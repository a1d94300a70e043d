"""What is expected of responses: that one comes, that it is well-formed and whole, and what it says.

response = http.exchange(server, b"GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n", 200)
http.field(response, "Content-Type", "text/html")
"""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import TypeVar

from grader.expect.http_faults import (
    CLOSED_UNREAD,
    body_fault_of,
    fault_of,
    status_fault_of,
    surplus_fault_of,
)
from grader.expect.mismatch import ALIVE, HOW_IT_ENDED, SHOWN, Mismatch, first_difference, size
from grader.outcome import Excerpt
from grader.wire import Client, Ended, Received, Server
from grader.wire.answer import Answer, read_answer
from grader.wire.http import Response

Row = TypeVar("Row")


def exchange(server: Server, request: bytes, *statuses: int) -> Response:
    """A new client sends `request`, gets a whole response with one of these statuses (any, if none), and closes.

    It must close: a server that waits for its client's end can serve nobody else until then.
    """
    client = server.connect()
    client.send(request)
    came = response(client, request, *statuses)
    client.close()
    return came


def response(client: Client, request: bytes, *statuses: int) -> Response:
    """A whole response to `request`, which the client has sent, with one of these statuses (any, if none)."""
    method = request.lstrip(b"\r\n").partition(b" ")[0].decode("latin-1")
    answer = read_answer(client, method)
    if answer.response is None:
        raise no_response(request, answer)
    if statuses:
        status(answer.response, *statuses, request=request)
    return answer.response


def status(response: Response, *statuses: int, request: bytes = b"") -> None:
    """The status-code is one of these. The `request` may tell what the fault is."""
    if response.status in statuses:
        return
    raise Mismatch(
        expected=f"status {' or '.join(map(named, statuses))}",
        got=f"status {response.status} {response.reason}".rstrip(),
        came=Excerpt.of(response.raw, 9, SHOWN),
        offset=9,
        fault=status_fault_of(request, response.status),
    )


def field(response: Response, name: str, *values: str) -> str:
    """The field is there, once, and its value begins with one of these (any, if none). Returns the value."""
    lines = response.lines(name)
    if not lines:
        end = response.raw.find(b"\r\n\r\n") + 2
        raise Mismatch(
            expected=f"a field {name}" + (f": {' or '.join(values)}" if values else ""),
            got=f"no field {name}",
            came=Excerpt.of(response.raw, end, SHOWN),
            offset=end,
        )
    if len(lines) > 1:
        raise Mismatch(
            expected=f"one field {name}",
            got=f"{len(lines)} of them",
            came=Excerpt.of(response.raw, lines[1].start, SHOWN),
            offset=lines[1].start,
        )
    if values and not lines[0].value.lower().startswith(tuple(value.lower() for value in values)):
        raise Mismatch(
            expected=f"{name}: {' or '.join(values)}",
            got=f"{name}: {lines[0].value}",
            came=Excerpt.of(response.raw, lines[0].value_start, SHOWN),
            offset=lines[0].value_start,
        )
    return lines[0].value


def contains(response: Response, text: str | bytes) -> None:
    """The body contains `text`, in UTF-8."""
    wanted = text.encode() if isinstance(text, str) else text
    if wanted in response.body:
        return
    raise Mismatch(
        expected=f"a body with the {size(len(wanted))} shown",
        got=f"a body of {size(len(response.body))} without them" if response.body else "an empty body",
        wanted=Excerpt.of(wanted, 0, SHOWN),
        came=Excerpt.of(response.body, 0, 4 * SHOWN) if response.body else None,
    )


def says(text: str, wanted: str) -> None:
    """The text that a client library has read contains `wanted`."""
    if wanted not in text:
        read = text.encode("utf-8", "replace")
        raise Mismatch(
            expected="a page with the text shown",
            got=f"a page of {size(len(read))} without it" if read else "an empty page",
            wanted=Excerpt.of(wanted.encode(), 0, SHOWN),
            came=Excerpt.of(read, 0, 4 * SHOWN) if read else None,
        )


def lacks(response: Response, text: str | bytes, instead: str) -> None:
    """The body does not contain `text`, in UTF-8; `instead` says what is expected."""
    unwanted = text.encode() if isinstance(text, str) else text
    offset = response.body.find(unwanted)
    if offset < 0:
        return
    raise Mismatch(
        expected=instead,
        got=f"at byte {offset} of the body what is shown",
        came=Excerpt.of(response.body, offset, 2 * SHOWN),
        offset=offset,
    )


def body(response: Response, wanted: bytes) -> None:
    """The body is exactly this."""
    if response.body == wanted:
        return
    offset = first_difference(wanted, response.body)
    raise Mismatch(
        expected=f"a body of {size(len(wanted))}",
        got=f"a body of {size(len(response.body))}, which differs at byte {offset}",
        wanted=Excerpt.of(wanted, offset, SHOWN),
        came=Excerpt.of(response.body, offset, SHOWN) if response.body else None,
        offset=offset,
        fault=body_fault_of(wanted, response.body),
    )


def closes(client: Client) -> None:
    """Nothing comes behind the response but the end of the stream, in good order."""
    received = client.receive_some()
    if received.data:
        raise too_much(b"", received.data)
    if received.ended is not Ended.EOF:
        raise not_closed(received)


def ends(client: Client) -> None:
    """The end of the stream comes, in good order, whatever comes before it."""
    count = 0
    while count < MOST_SURPLUS:
        received = client.receive_some()
        count += len(received.data)
        if not received.data:
            if received.ended is not Ended.EOF:
                raise not_closed(received)
            return
    raise Mismatch(
        expected="the end of the stream: the server closes the connection",
        got=f"{size(count)}, and no end",
        fault="it sends without end",
    )


def nothing_behind(client: Client, response: Response) -> None:
    """Nothing has come behind the response, though the server has had the time for it."""
    came = client.surplus()
    if came:
        raise too_much(response.body, came)


def too_much(body: bytes, came: bytes) -> Mismatch:
    """The Mismatch for bytes that came behind the response. `body` is its body, b"" where that does not matter."""
    return Mismatch(
        expected="nothing behind the body",
        got=f"{size(len(came))} more than Content-Length says",
        came=Excerpt.of(came, 0, SHOWN),
        offset=0,
        fault=surplus_fault_of(body, came),
    )


def not_closed(received: Received) -> Mismatch:
    """The Mismatch for a connection that does not end, or not in good order."""
    reset = received.ended is Ended.RESET
    return Mismatch(
        expected="the end of the stream: the server closes the connection",
        got="a reset" if reset else "nothing: the connection stays open",
        fault=CLOSED_UNREAD if reset else "it does not close the connection",
        diagnosis=received.doing,
        alive=received.ended in ALIVE,
    )


MOST_SURPLUS = 1 << 20  # bytes behind a response, after which its end is not waited for


def silent(client: Client, until: str) -> None:
    """Nothing has come so far, though the server has had the time for it: it waits `until`."""
    came = client.surplus()
    if came:
        raise Mismatch(
            expected=f"nothing before {until}",
            got=f"{size(len(came))} too early",
            came=Excerpt.of(came, 0, SHOWN),
            offset=0,
            fault=f"it answers before {until}",
        )


def allows(response: Response, methods: set[str]) -> None:
    """The field Allow names these methods, in lower case here; HEAD and OPTIONS may be with them."""
    named_there = response.options("Allow")
    line = (response.lines("Allow") or (None,))[0]
    if line is None:
        field(response, "Allow")
    elif named_there - {"head", "options"} != methods:
        raise Mismatch(
            expected=f"Allow: {', '.join(sorted(methods)).upper()}, in any order",
            got="other methods",
            came=Excerpt.of(response.raw, line.value_start, SHOWN),
            offset=line.value_start,
        )


def answered_or_closed(client: Client, request: bytes, *statuses: int) -> None:
    """The client, which has ended its sending early, gets a response with one of these statuses, or the end alone."""
    answer = read_answer(client)
    if answer.response is not None:
        status(answer.response, *statuses, request=request)
    elif answer.data or answer.ended not in (Ended.EOF, Ended.RESET):
        raise no_response(request, answer)


def rows(server: Server, table: Iterable[Row]) -> Iterator[Row]:
    """The rows of a table of requests, each with a transcript of its own: a card shows the one that failed."""
    for row in table:
        server.begin_anew()
        yield row


def no_response(request: bytes, answer: Answer) -> Mismatch:
    """The Mismatch for an answer that is no response, or only a part of one."""
    problem = answer.malformed
    if problem is not None:
        expected, got, offset = problem.expected, f"{problem.fault}, at byte {problem.offset}", problem.offset
    elif answer.head is None:
        expected, offset = "a response: a status-line, fields and an empty line", len(answer.data)
        got = how_it_ended(answer)
    elif answer.missing is not None:
        stated = answer.missing + len(answer.data) - answer.head.end
        expected, offset = f"a body of {size(stated)}, as Content-Length says", len(answer.data)
        got = f"{size(stated - answer.missing)} of the body; {how_it_ended(answer)}"
    else:
        expected, offset = "the end of the body", len(answer.data)
        got = how_it_ended(answer)
    return Mismatch(
        expected=expected,
        got=got,
        came=Excerpt.of(answer.data, offset, SHOWN) if answer.data else None,
        offset=offset if answer.data else None,
        fault=fault_of(request, answer),
        diagnosis=answer.doing,
        alive=answer.ended in ALIVE,
    )


def how_it_ended(answer: Answer) -> str:
    """How the waiting for more ended, for a sentence."""
    count = size(len(answer.data))
    return HOW_IT_ENDED[answer.ended].format(count=count, came=count if answer.data else "nothing")


def named(code: int) -> str:
    """A status-code with its usual phrase: "404 Not Found"."""
    return f"{code} {HTTPStatus(code).phrase}" if code in set(HTTPStatus) else str(code)
