"""The server's half of WSGI: a request becomes an environ, and what the application gives becomes a response.

PEP 3333. No sockets: bytes go out through a function that is handed in.
"""

from collections.abc import Callable, Iterable
from typing import Any

from request import Request

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def make_environ(request: Request, host: str, port: int, client: str) -> Environ:
    """The environ of `request`, new for each: variables of CGI, all str, and wsgi.* keys (PEP 3333).

    `host` and `port` are where the server listens, `client` is the address of the client.
    """
    # TODO: a new dict is returned, with every variable and every wsgi.* key of this request.
    raise NotImplementedError("make_environ")


def run(app: Application, environ: Environ, send: Callable[[bytes], None]) -> None:
    """Calls `app` and sends its response by calling `send` with bytes, as soon as there are some.

    When the application fails before the first byte has gone out, the response is 500; after that nothing more is
    sent. Its traceback goes to wsgi.errors in both cases. Raises ClientLost when `send` raises OSError. The close()
    of what the application returned is called whatever happens.
    """
    # TODO: the application has been called, all that it gave has been sent, and its body is closed.
    raise NotImplementedError("run")


def is_single(result: Iterable[bytes]) -> bool:
    """Whether there will be exactly one chunk, so that its length is that of the body."""
    # TODO: it is known whether the body has exactly one chunk.
    raise NotImplementedError("is_single")


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
        exc_info: object = None,  # homework 7 gives it a meaning
    ) -> Callable[[bytes], None]:
        """Keeps the status and the fields for later (PEP 3333, "The start_response() Callable").

        Raises TypeError or ValueError for what cannot be sent, RuntimeError for a second call.
        """
        # TODO: the status and the fields have been looked at and are kept, and write is returned.
        raise NotImplementedError("Response.start_response")

    def write(self, chunk: bytes) -> None:
        """Sends a chunk of the body, after the head if that has not gone out yet; an empty chunk sends nothing."""
        # TODO: the chunk has been sent, and before it the head, if it was the first that is not empty.
        raise NotImplementedError("Response.write")

    def end(self) -> None:
        """There are no more chunks: sends the head if it has not gone out yet, because the body is empty."""
        # TODO: the head has gone out, also where there was no chunk.
        raise NotImplementedError("Response.end")

    def fail(self) -> None:
        """Sends a 500, unless the head of the application's own response has gone out."""
        # TODO: the client has a 500, if it has nothing yet.
        raise NotImplementedError("Response.fail")

    def _transmit(self, chunk: bytes, length: int | None) -> None:
        """Sends `chunk`, after the head if that has not gone out yet; `length` is that of the whole body, if known.

        Of a body whose length the head states no byte more is sent. Raises ClientLost when the connection breaks.
        """
        # TODO: the head, once, and the chunk have been given to `self._send`.
        raise NotImplementedError("Response._transmit")

    def _head_bytes(self, status: str, fields: list[tuple[str, str]], length: int | None) -> bytes:
        """The head of the response. Content-Length is added where it is known and the application has not given it."""
        # TODO: the status-line, the field-lines and the empty line are returned, as bytes.
        raise NotImplementedError("Response._head_bytes")


def check(status: str, response_headers: list[tuple[str, str]]) -> None:
    """Raises TypeError or ValueError for a status or for fields that PEP 3333 does not allow."""
    # TODO: what cannot be sent has raised an exception.
    raise NotImplementedError("check")
