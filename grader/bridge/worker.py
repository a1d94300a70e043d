"""The worker: calls a student's application, on the student's side of the border, and tells the judge all of it.

    python3 -c SOURCE HOST PORT MODULE:NAME

The judge sends it to the interpreter as text, so nothing here may need a second file or a library. It listens like
any server. A connection is one call: one frame arrives, and frames go back while the application works, so that
one which never returns has still told how far it came. A frame is its length in four bytes, the highest first, and
so many bytes of JSON; grader/bridge/frames.py says what may be in it.

It calls the application as a right server does (PEP 3333, "The Server/Gateway Side"), and mends nothing of what it
is given: what is no status and what is no chunk travels with the name of its type, and is judged elsewhere.
"""

# The submission's folder stands first on the path. A student's json.py is for the student alone.
import sys

HERE = sys.path.pop(0) if __name__ == "__main__" else ""

import base64  # noqa: E402
import contextlib  # noqa: E402
import io  # noqa: E402
import json  # noqa: E402
import socket  # noqa: E402
import traceback  # noqa: E402
from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

SHOWN = 80  # characters of a value's repr()
ITEMS = 64  # items of a list or tuple, and no lists deeper than
DEPTH = 3
FRAME = 32 << 10  # bytes of one frame


class Gone(BaseException):
    """The judge has hung up. It passes through an application that catches every Exception."""


class Input(io.BytesIO):
    """wsgi.input. It notes which of its methods are used, and is not closed by close()."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.used: list[str] = []

    def read(self, size: int | None = -1, /) -> bytes:
        self.used.append("read")
        return super().read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        self.used.append("readline")
        return super().readline(size)

    def close(self) -> None:
        self.used.append("close")


class Call:
    """One call of the application. `tell` sends one frame to the judge."""

    def __init__(self, application: Callable[..., Any], tell: Callable[..., None]) -> None:
        self._application = application
        self._tell = tell
        self._started = False

    def run(self, variables: dict[str, str], body: bytes) -> None:
        """Call, take every chunk, close; each step is told when it has happened."""
        source = Input(body)
        try:
            result = self._application(environ(variables, source), self._start_response)
        except Gone:
            raise
        except BaseException as error:  # SystemExit among them: a server outlives its application's requests
            self._raised("call", error)
        else:
            self._tell("returned", value=seen(result))
            self._iterate(result)
        self._tell("end", input=source.used[:ITEMS])

    def _iterate(self, result: Any) -> None:
        try:
            for chunk in result:
                self._tell("chunk", value=told(chunk))
                if type(chunk) is not bytes or (chunk and not self._started):
                    break  # where a server cannot go on
            else:
                self._tell("exhausted")
        except Gone:
            raise
        except BaseException as error:
            self._raised("iteration", error)
        if not hasattr(result, "close"):
            return
        try:
            result.close()
            self._tell("closed")
        except Gone:
            raise
        except BaseException as error:
            self._raised("close", error)

    def _start_response(self, *arguments: Any, **keywords: Any) -> Callable[[bytes], None]:
        """PEP 3333, "The start_response() Callable": two or three arguments, by position."""
        given = [told(argument) for argument in arguments[:DEPTH]]
        self._tell("start_response", arguments=given, count=len(arguments), keywords=sorted(keywords))
        if keywords or len(arguments) not in (2, 3):
            raise TypeError("start_response takes status, response_headers and perhaps exc_info, by position")
        if self._started and (len(arguments) == 2 or arguments[2] is None):
            raise AssertionError("start_response was called again, without exc_info")
        self._started = True
        return self._write

    def _write(self, data: bytes) -> None:
        self._tell("write", value=told(data))

    def _raised(self, at: str, error: BaseException) -> None:
        """An exception came out of the application."""
        print_own_lines(error)
        self._tell("raised", at=at, type=type(error).__name__, message=shown(error, str))


def environ(variables: dict[str, str], source: Input) -> dict[str, Any]:
    """A fresh environ (PEP 3333, "environ Variables")."""
    return {
        **variables,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": source,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def print_own_lines(error: BaseException) -> None:
    """Print the traceback without the worker's lines before and behind the student's."""
    trace = error.__traceback__
    while trace and trace.tb_frame.f_globals is globals():
        trace = trace.tb_next
    last = trace
    while last and last.tb_next:
        if last.tb_next.tb_frame.f_globals is globals():
            last.tb_next = None
        last = last.tb_next
    with contextlib.suppress(Exception):  # the student may have closed the stream
        traceback.print_exception(error.with_traceback(trace))


def told(value: Any, depth: int = 0) -> dict[str, Any]:
    """What the judge is told of a value: its type, its looks, and what it holds if it is exactly what PEP 3333 names.

    An instance of a class that only inherits from str has a type of its own, and holds nothing.
    """
    kind, found = type(value), seen(value)
    if kind is bytes:
        found["data"] = encoded(value[:FRAME])  # with more no frame is short enough
    elif kind is str:
        found["data"] = encoded(value[:FRAME].encode("utf-8", "surrogatepass"))
    elif kind in (list, tuple) and depth < DEPTH:
        found["items"] = [told(item, depth + 1) for item in value[:ITEMS]]
        found["count"] = len(value)
    return found


def seen(value: Any) -> dict[str, Any]:
    """The type of a value and its looks."""
    short = value[:SHOWN] if type(value) in (str, bytes) else value
    return {"type": type(value).__name__, "shown": shown(short, repr)}


def shown(value: object, looks: Callable[[object], str]) -> str:
    """The beginning of a value's repr() or str(), which the student may have written."""
    try:
        return looks(value)[: 2 * SHOWN].encode("utf-8", "backslashreplace").decode("utf-8")
    except Exception:
        return "?"


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def serve(application: Callable[..., Any], host: str, port: int) -> None:
    """One connection after another, one call each, until stopped."""
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    answer(connection, application)
                except (Gone, OSError):
                    continue


def answer(connection: socket.socket, application: Callable[..., Any]) -> None:
    """Read the call that is asked for, and make it."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def tell(event: str, **what: object) -> None:
        frame = json.dumps({"event": event, **what}).encode("ascii")
        if len(frame) > FRAME:
            frame = json.dumps({"event": "too long", "of": event}).encode("ascii")
        try:
            connection.sendall(len(frame).to_bytes(4, "big") + frame)
        except OSError as error:
            raise Gone from error

    with connection.makefile("rb") as file:
        frame = file.read(int.from_bytes(file.read(4), "big"))
    if frame:  # else somebody has only looked whether we listen
        wanted = json.loads(frame)
        Call(application, tell).run(wanted["environ"], base64.b64decode(wanted["body"]))


def load(target: str) -> Callable[..., Any]:
    """The application that "app:app" names. Ends the program, in words, where there is none."""
    module, _, name = target.partition(":")
    try:
        found = vars(__import__(module))
    except Exception as error:
        print_own_lines(error)
        sys.exit(1)
    if name not in found:
        sys.exit(f"{module}.py has no name {name!r}")
    application: Callable[..., Any] = found[name]
    if not callable(application):
        sys.exit(f"{name} is {shown(application, repr)}, which cannot be called")
    return application


if __name__ == "__main__":
    sys.path.insert(0, HERE)
    serve(load(sys.argv[3]), sys.argv[1], int(sys.argv[2]))
