"""What is expected of a response's head, one layer after another: each judges one thing and forgives the rest.

answer = heads.answered(server, b"GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n")   something came
heads.status_line(answer, 200)      its first line, however it ends
heads.line_ends(answer)             CRLF, in lines that may be anything
heads.empty_line(answer)            where the head ends
response = heads.fields(answer)     from here on grader.expect.http can look at it
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from grader.expect.http import field, named, no_response
from grader.expect.mismatch import SHOWN, Mismatch
from grader.outcome import Excerpt
from grader.wire import Client, Server
from grader.wire.answer import Answer, read_answer
from grader.wire.head import Malformed, read_status_line, split_lines
from grader.wire.http import Response

VERSIONS = ((1, 0), (1, 1))
# Up to where a head goes, whatever its line ends: through its empty line, which is group 1; or, where there is none,
# up to the line with which a page begins.
HEAD = re.compile(
    rb".*?\n(\r?\n|(?=[^\n]*<(?:!doctype|html|head|body|h[1-6]|p)\b))", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came for a request: at least a byte."""

    request: bytes
    answer: Answer

    @property
    def data(self) -> bytes:
        return self.answer.data

    def mismatch(self, problem: Malformed) -> Mismatch:
        """The Mismatch for this problem, the first in the eyes of who asks."""
        return no_response(self.request, replace(self.answer, malformed=problem))


def answered(server: Server, request: bytes) -> Answered:
    """A new client sends `request` and gets an answer, be it right or wrong. Then it closes."""
    client = server.connect()
    client.send(request)
    came = came_for(client, request)
    client.close()
    return came


def came_for(client: Client, request: bytes) -> Answered:
    """What comes for `request`, which the client has sent: at least a byte, be it right or wrong."""
    answer = read_answer(client, request.partition(b" ")[0].decode("latin-1"))
    if (
        answer.malformed is not None
    ):  # the rest has not been read, and may be what another expectation looks at
        answer = replace(answer, data=answer.data + client.surplus())
    if not answer.data:
        raise no_response(request, answer)
    return Answered(request, answer)


def each(server: Server, requests: Iterable[bytes]) -> None:
    """Each of these is answered with status 200, in a transcript of its own."""
    for request in requests:
        server.begin_anew()
        status_line(answered(server, request), 200)


def status_line(came: Answered, status: int) -> None:
    """The first line is a status-line of HTTP/1.1 or HTTP/1.0, with this status-code."""
    line = came.data.partition(b"\n")[0].rstrip(b"\r")
    try:
        version, code, reason = read_status_line(line, 0)
    except Malformed as problem:
        raise came.mismatch(problem) from None
    if version not in VERSIONS:
        raise came.mismatch(
            Malformed("the HTTP-version is another", "HTTP/1.1 or HTTP/1.0 (RFC 9112 §2.3)", 5)
        )
    if code != status:
        raise Mismatch(
            expected=f"status {named(status)}",
            got=f"status {code} {reason}".rstrip(),
            came=Excerpt.of(came.data, 9, SHOWN),
            offset=9,
        )


def line_ends(came: Answered) -> None:
    """Every line of the head ends in CRLF, also where the empty line is missing."""
    try:
        split_lines(head_of(came.data))
    except Malformed as problem:
        raise came.mismatch(problem) from None


def empty_line(came: Answered) -> None:
    """An empty line ends the head."""
    found = HEAD.match(came.data)
    if found and found[1]:
        return
    offset = len(head_of(came.data))
    raise Mismatch(
        expected="an empty line behind the fields: CRLF and nothing before it (RFC 9112 §2.1)",
        got="the page, right behind the field-lines" if offset < len(came.data) else "no empty line",
        came=Excerpt.of(came.data, offset, SHOWN),
        offset=offset,
        fault="the empty line between the fields and the body is missing",
    )


def fields(came: Answered) -> Response:
    """The response, whose head is well-formed. Its body is what came, and may be too short or too long."""
    answer = came.answer
    if answer.response is not None:
        return answer.response
    head = answer.head
    if head is None:
        raise no_response(came.request, answer)
    return Response(
        raw=answer.data,
        version=head.version,
        status=head.status,
        reason=head.reason,
        fields=head.fields,
        body=answer.data[head.end :],
        body_start=head.end,
        framing="unknown",
    )


def stated_length(came: Answered) -> None:
    """Content-Length is there, once, a number, and nothing else tells the end of the body."""
    field(fields(came), "Content-Length")
    if came.answer.malformed is not None:
        raise no_response(came.request, came.answer)


def parameter(response: Response, name: str, wanted: str, value: str) -> None:
    """The field is there, once, and has this parameter with this value, quoted or not, in any case."""
    text = field(response, name)
    given = re.search(rf';[ \t]*{wanted}=("?)([^";]*)\1[ \t]*(;|$)', text, re.IGNORECASE)
    if given and given[2].strip().lower() == value:
        return
    start = response.lines(name)[0].value_start
    raise Mismatch(
        expected=f"{name}: {text.partition(';')[0]}; {wanted}={value}",
        got=f"{name}: {text}",
        came=Excerpt.of(response.raw, start, SHOWN),
        offset=start,
    )


def option(response: Response, name: str, wanted: str) -> None:
    """The field lists this member, perhaps among others."""
    if wanted in response.options(name):
        return
    lines = response.lines(name)
    start = lines[0].start if lines else response.raw.find(b"\r\n\r\n") + 2
    raise Mismatch(
        expected=f"{name}: {wanted}",
        got=f"{name}: {response.value(name)}" if lines else f"no field {name}",
        came=Excerpt.of(response.raw, start, SHOWN),
        offset=start,
    )


def head_of(data: bytes) -> bytes:
    """The head, through its empty line or up to where the page begins."""
    found = HEAD.match(data)
    return found[0] if found else data
