"""The server's half of WSGI: a request becomes an environ, and what the application gives becomes a response.

PEP 3333. No sockets: bytes go out through a function that is handed in.
"""

import io
import sys
import traceback
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from request import Request

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def make_environ(request: Request, host: str, port: int, client: str) -> Environ:
    """The environ of `request`, new for each: variables of CGI, all str, and wsgi.* keys (PEP 3333).

    `host` and `port` are where the server listens, `client` is the address of the client.
    """
    environ: Environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.path.decode("latin-1"),  # bytes as text: PEP 3333, "Unicode Issues"
        "QUERY_STRING": request.query,
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": request.version,
        "REMOTE_ADDR": client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),  # ends where the body ends
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in request.fields:
        if "_" in name:  # X_Forwarded_For would pose as X-Forwarded-For
            continue
        key = name.upper().replace("-", "_")
        if key in ("CONTENT_TYPE", "CONTENT_LENGTH"):  # may come twice only if they say the same
            environ[key] = value
            continue
        key = f"HTTP_{key}"
        separator = "; " if key == "HTTP_COOKIE" else ", "
        environ[key] = value
    return environ


def run(app: Application, environ: Environ, send: Callable[[bytes], None]) -> None:
    """Calls `app` and sends its response by calling `send` with bytes, as soon as there are some.

    When the application fails before the first byte has gone out, the response is 500; after that nothing more is
    sent. Its traceback goes to wsgi.errors in both cases. Raises ClientLost when `send` raises OSError. The close()
    of what the application returned is called whatever happens.
    """
    response = Response(send)
    errors = environ["wsgi.errors"]  # the application may do with environ as it likes
    result: Iterable[bytes] = ()
    try:
        try:
            result = app(environ, response.start_response)
            response.only = is_single(result)
            for chunk in result:
                response.write(chunk)
            response.end()
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()
    except ClientLost:
        raise
    except Exception:
        traceback.print_exc(file=errors)
        response.fail()


def is_single(result: Iterable[bytes]) -> bool:
    """Whether there will be exactly one chunk, so that its length is that of the body."""
    try:
        return len(result) == 1  # type: ignore[arg-type]
    except TypeError:  # a generator
        return False


class ClientLost(OSError):
    """The connection broke while a response was sent. No fault of the application."""


class Response:
    """One response on its way out: the head waits for the first byte of the body."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        self._send = send
        self._head: tuple[str, list[tuple[str, str]]] | None = None
        self._sent = False  # whether the head has gone out
        self._left: int | None = None  # bytes that may still go out, where the head states how many
        self.only = False  # whether the chunk that comes is the only one

    def start_response(
        self,
        status: str,
        response_headers: list[tuple[str, str]],
        exc_info: object = None,  # noqa: ARG002 - homework 7 gives it a meaning
    ) -> Callable[[bytes], None]:
        """Keeps the status and the fields for later (PEP 3333, "The start_response() Callable").

        Raises TypeError or ValueError for what cannot be sent, RuntimeError for a second call.
        """
        if self._head is not None:
            raise RuntimeError("start_response was called a second time")
        check(status, response_headers)
        self._head = status, list(dict(response_headers).items())
        return self.write

    def write(self, chunk: bytes) -> None:
        """Sends a chunk of the body, after the head if that has not gone out yet; an empty chunk sends nothing."""
        if not isinstance(chunk, bytes):
            raise TypeError(f"a chunk of the body is bytes, not {type(chunk).__name__}")
        if self._head is None:
            raise RuntimeError("start_response was not called")
        if chunk:
            self._transmit(chunk, len(chunk) if self.only else None)

    def end(self) -> None:
        """There are no more chunks: sends the head if it has not gone out yet, because the body is empty."""
        if self._head is None:
            raise RuntimeError("start_response was not called")
        if not self._sent:
            self._transmit(b"", 0)

    def fail(self) -> None:
        """Sends a 500, unless the head of the application's own response has gone out."""
        if not self._sent:
            text = b"The application failed.\n"
            self._head = "500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")]
            self._transmit(text, len(text))

    def _transmit(self, chunk: bytes, length: int | None) -> None:
        """Sends `chunk`, after the head if that has not gone out yet; `length` is that of the whole body, if known.

        Of a body whose length the head states no byte more is sent. Raises ClientLost when the connection breaks.
        """
        head = b"" if self._sent or self._head is None else self._head_bytes(*self._head, length)
        self._sent = True
        if self._left is not None:  # a byte too many would stand where the next response begins
            chunk = chunk[: self._left]
            self._left -= len(chunk)
        try:
            self._send(head + chunk)
        except OSError as error:
            raise ClientLost(*error.args) from error

    def _head_bytes(self, status: str, fields: list[tuple[str, str]], length: int | None) -> bytes:
        """The head of the response. Content-Length is added where it is known and the application has not given it."""
        stated = [value for name, value in fields if name.lower() == "content-length"]
        bodiless = int(status[:3]) in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields)]
        if length is not None and not stated and not bodiless:
            lines.append(f"Content-Length: {length}")
        self._left = 0 if bodiless else int(stated[0]) if stated else length
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def check(status: str, response_headers: list[tuple[str, str]]) -> None:
    """Raises TypeError or ValueError for a status or for fields that PEP 3333 does not allow."""
    if not isinstance(status, str) or not isinstance(response_headers, list):
        raise TypeError("start_response takes a str and a list")
    if not status[:3].isdecimal() or status[3:4] != " " or any(character in status for character in "\r\n\0"):
        raise ValueError(f"a status is three digits, a space and a reason-phrase, not {status!r}")
    for name, value in response_headers:
        if not isinstance(name, str) or not isinstance(value, str):
            raise TypeError("the name and the value of a field are str")
        if name.lower() == "content-length" and not value.isdecimal():
            raise ValueError(f"Content-Length is a number of bytes, not {value!r}")
        if any(character in name + value for character in "\r\n\0"):
            raise ValueError(f"the field {name!r} holds a control character")
