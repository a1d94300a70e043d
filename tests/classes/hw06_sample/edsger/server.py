"""A WSGI server: it runs an application that somebody else has written.

Run it with `python3 server.py HOST PORT MODULE:APP`; Ctrl-C stops it.
"""

import socket
import sys
from http import HTTPStatus
from typing import Any

from request import BadRequest, Request, RequestParser
from wsgi import Application

TEXT = ("Content-Type", "text/plain; charset=utf-8")


def read_request(connection: socket.socket) -> Request | None:
    """Receives one request. Returns None if the client ends its stream before it has sent a byte.

    Raises BadRequest, also when the stream ends in the middle of a request; OSError when the connection breaks.
    """
    parser = RequestParser()
    request, begun = None, False
    while request is None:
        chunk = connection.recv(65536)
        if not chunk and begun:
            raise BadRequest(400, "the request ended in its middle")
        if not chunk:
            return None
        begun = True
        request = parser.feed(chunk)
    return request


def refusal(status: int, reason: str) -> tuple[str, list[tuple[str, str]], bytes]:
    """What is answered where there is nothing to give: the status, and `reason` in the message body."""
    return f"{status} {HTTPStatus(status).phrase}", [TEXT], f"{reason}\n".encode()


def response(status: str, fields: list[tuple[str, str]], body: bytes) -> bytes:
    """The bytes of a response: status-line, field-lines, an empty line, `body` (RFC 9112, section 2.1).

    `status` is a status-code and a reason-phrase, "200 OK". `fields` are the names and values of the fields.
    Content-Length, in bytes, and Connection: close are added to them.
    """
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{name}: {value}" for name, value in fields]
    lines += [f"Content-Length: {len(body)}", "Connection: close"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def finish(connection: socket.socket) -> None:
    """Ends the sending, and receives what the client still sends until its end of stream (RFC 9112, section 9.6).

    A connection that is closed with bytes unread is reset, and the client may lose the end of the response.
    Raises OSError when the connection breaks.
    """
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(65536):
        pass


class Server:
    """Runs `app` for whoever connects to `port` of `host` (a name or an IPv4 address), once it is told to serve."""

    def __init__(self, host: str, port: int, app: Application) -> None:
        """Keeps its arguments; nothing is bound yet, so that a server can be made, looked at and thrown away."""
        # TODO: the arguments are kept, and nothing else has happened.
        raise NotImplementedError("Server.__init__")

    def serve_forever(self) -> None:
        """Listens, and serves client after client until stopped.

        Each connection is closed explicitly. A connection that breaks (OSError) does no harm to the next client.
        """
        # TODO: clients that connect to the host and the port are answered and closed, one after another.
        raise NotImplementedError("Server.serve_forever")

    def answer(self, connection: socket.socket, client: str) -> None:
        """Reads one request of `client`, an address, and lets the application answer it.

        Sends nothing if the client ends its stream without a request. A request that is malformed is answered here,
        and the application does not see it. Raises OSError when the connection breaks.
        """
        # TODO: the request has been read, the application has answered it, and its response has been sent.
        raise NotImplementedError("Server.answer")


def load(name: str) -> Any:
    """The object that is called "MODULE:APP". Raises ImportError or AttributeError where there is none."""
    # TODO: the object is returned that MODULE:APP names.
    raise NotImplementedError("load")


if __name__ == "__main__":
    Server(sys.argv[1], int(sys.argv[2]), load(sys.argv[3])).serve_forever()
