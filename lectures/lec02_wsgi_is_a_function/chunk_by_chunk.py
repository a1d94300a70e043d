"""The server asks for a chunk, sends it, and only then asks for the next."""

import socket
from collections.abc import Iterator
from select import select
from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, heading, request, tell


class Client:
    """A client that asks for a page, and can be looked at while it is being served."""

    def __init__(self, server: Server) -> None:
        self.socket = socket.create_connection(server.server_address[:2])
        self.file = self.socket.makefile("rb")
        self.socket.sendall(request("/"))
        tell("client", "sendall(the request)")

    def looks(self) -> None:
        """See, without waiting, whether anything has arrived."""
        arrived, _, _ = select([self.socket], [], [], 0)
        tell("client", "has received something" if arrived else "has received nothing")

    def reads(self) -> None:
        """Read the next line of the body, and before the first one the whole head."""
        line = self.file.readline()
        if line.startswith(b"HTTP/"):
            while line != b"\r\n":
                line = self.file.readline()
            line = self.file.readline()
        tell("client", f"has received {line!r}")


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
    tell("server", "app calls start_response()")
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "8")])
    client.looks()
    for chunk in (b"one\n", b"two\n"):
        tell("server", f"app yields {chunk!r}")
        yield chunk
        client.reads()


def told(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
    """The same application, with what it returns printed."""
    body = app(environ, start_response)
    tell("server", f"app() has returned a {type(body).__name__}")
    return body


if __name__ == "__main__":
    heading("Two chunks")
    with Server(told, aloud=True) as server:
        client = Client(server)
        with client.socket, client.file:
            server.handle_request()
