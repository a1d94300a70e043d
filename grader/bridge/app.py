"""WebTest across the border: a WSGI callable in the judge, and behind it the student's application in its box."""

import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from webtest import TestApp, TestRequest  # type: ignore[import-untyped]

from grader.bridge import frames
from grader.bridge.answer import Answer, looks, short
from grader.bridge.frames import ANSWER, FRAME, Unreadable
from grader.outcome import printable
from grader.wire import Client, Ended, Server, Transcript
from grader.wire.transcript import Action

WITHOUT_QUERY = " (no QUERY_STRING)"

LOST = (Ended.EOF, Ended.RESET, Ended.REFUSED)  # perhaps since the program has ended,
EXIT_SECONDS = 1.0  # which takes no time; only the words of a card hang on it


class NoResponse(Exception):
    """The application's answer is none that WebTest could be given."""


class App:
    """The student's application, for the length of one check.

    `server` is the worker that it runs behind. Its own transcript is not the check's: there the call is told.
    """

    def __init__(self, server: Server, transcript: Transcript) -> None:
        self.server = server
        self._bridge = Bridge(server, transcript)

    def get(self, target: str, *, without: tuple[str, ...] = ()) -> Answer:
        """What comes of GET. `target`: percent-encoded. `without`: variables to leave out of the environ."""
        return self._ask("GET", target, without)

    def head(self, target: str) -> Answer:
        """What comes of HEAD."""
        return self._ask("HEAD", target)

    def lint(self, target: str) -> Answer:
        """What comes of GET, with WebTest's lint in between: what it finds is the answer's `complaint`."""
        return self._ask("GET", target, lint=True)

    def _ask(self, method: str, target: str, without: tuple[str, ...] = (), *, lint: bool = False) -> Answer:
        self._bridge.answer = None
        self._bridge.without = without
        request = TestRequest.blank(target, environ={"REQUEST_METHOD": method})
        response, complaint = None, ""
        try:
            with warnings.catch_warnings(action="ignore"):  # of lint's, which are about what is allowed
                response = TestApp(self._bridge, lint=lint).do_request(request, expect_errors=True)
        except NoResponse:
            pass
        except Exception as error:
            if self._bridge.answer is None:
                raise  # it is not about the answer
            complaint = short(f"{error}" or type(error).__name__)
        answer = self._bridge.answer
        assert answer is not None, "WebTest has not called the application"
        answer.response, answer.complaint = response, complaint
        return answer


class Bridge:
    """A WSGI application. Each call of it is one call of the student's, kept in `answer`."""

    def __init__(self, server: Server, transcript: Transcript) -> None:
        self._server = server
        self._transcript = transcript
        self.answer: Answer | None = None
        self.without: tuple[str, ...] = ()

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Raises NoResponse where there is none, or none of the right types."""
        variables = {
            name: value
            for name, value in environ.items()
            if isinstance(value, str) and "." not in name and name not in self.without
        }
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        self.answer = answer = self._call(variables, body)
        if not answer.whole or answer.status is None or answer.fields is None:
            raise NoResponse
        start_response(answer.status, answer.fields)
        return [answer.body]

    def _call(self, variables: Mapping[str, str], body: bytes) -> Answer:
        """One call of the student's application, told in the check's transcript."""
        self._transcript.connections += 1
        number = self._transcript.connections
        target = target_of(variables)
        self._transcript.add(number, Action.CALLS, note=target)
        client = self._server.connect()
        client.send(frames.call(variables, body))
        answer = received(client, target)
        client.close()
        if answer.ended in LOST and self._server.program.pause(EXIT_SECONDS):
            ending = self._server.program.ended()
            answer.ended, answer.doing = Ended.GONE, f"it {ending.reason}" if ending else ""
        for frame in answer.frames:
            tell(frame, self._transcript)
        if answer.ended is not Ended.ENOUGH:
            self._transcript.add(number, Action.WAITS, note=answer.doing)
        if not answer.whole or answer.all(frames.Raised):
            answer.printed = self._server.printed()
        return answer


def target_of(variables: Mapping[str, str]) -> str:
    """A call in short: "GET /caf%C3%A9?x=1"."""
    query = variables.get("QUERY_STRING")
    path = quote(variables.get("PATH_INFO", ""), safe="/:@!$&'()*+,;=~", encoding="latin-1")
    asked = f"{path}?{query}" if query else path
    return f"{variables['REQUEST_METHOD']} {printable(asked)}{WITHOUT_QUERY * (query is None)}"


def received(client: Client, target: str) -> Answer:
    """Frames until the call's end, or until it is known that no more will come, or too many."""
    answer = Answer(target=target)
    found: list[frames.Told] = []
    left = ANSWER
    while not (found and isinstance(found[-1], frames.End)):
        head = client.receive(4)
        size = int.from_bytes(head.data, "big")
        if head.ended is Ended.ENOUGH and size > FRAME:
            answer.unreadable = "that cannot be the length of a frame"
            break
        left -= 4 + size
        answer.endless = left < 0
        if answer.endless:
            break
        data = client.receive(size) if head.ended is Ended.ENOUGH else head
        if data.ended is not Ended.ENOUGH:
            answer.ended, answer.doing = data.ended, data.doing
            break
        try:
            found.append(frames.decode(data.data))
        except Unreadable as error:
            answer.unreadable = short(str(error))
            break
    else:
        over(client, answer)
    answer.frames = tuple(found)
    return answer


def over(client: Client, answer: Answer) -> None:
    """The call has ended: so must the connection, or another process has a hand in it."""
    rest = client.receive(1)
    if rest.data:
        answer.unreadable = "more came after the end"
    elif rest.ended is not Ended.EOF:
        answer.ended, answer.doing = rest.ended, rest.doing


def tell(frame: frames.Told, transcript: Transcript) -> None:
    """What happened on the other side, for the transcript."""
    match frame:
        case frames.StartResponse():
            given = [looks(value) for value in frame.arguments] + [f"{name}=…" for name in frame.keywords]
            transcript.add(0, Action.STARTS_RESPONSE, note=short(", ".join(given)))
        case frames.Write(value) | frames.Chunk(value):
            action = Action.WRITES if isinstance(frame, frames.Write) else Action.GIVES
            data = value.chunk
            note = f"{short(value.type)}: {looks(value)}" if data is None else "" if data else "b''"
            transcript.add(0, action, data or b"", note)
        case frames.Returned(value):
            transcript.add(0, Action.RETURNS, note=f"{looks(value)}")
        case frames.Closed():
            transcript.add(0, Action.IS_CLOSED)
        case frames.Raised():
            transcript.add(0, Action.RAISES, note=short(f"{frame.type}: {frame.message}"))
