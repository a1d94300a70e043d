"""The stage of this lecture's demos: ../speaking.py, sockets that print their calls, and what WSGI adds to them."""

import socket
import socketserver
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import WSGIApplication

sys.path.append(str(Path(__file__).resolve().parent.parent))

from speaking import Speaking, arrived, connected, heading, pair, shown, tell

__all__ = [
    "Speaking",
    "app_tells",
    "arrived",
    "ask_wsgiref",
    "connected",
    "guest",
    "heading",
    "left_open_on_purpose",
    "listens_for",
    "pair",
    "receives_all",
    "send_head",
    "shown",
    "tell",
]

Fields = list[tuple[str, str]]


class Silent(WSGIRequestHandler):
    """Wsgiref's handler of requests, without its log, and without a media type that nobody sent."""

    def get_environ(self) -> dict[str, object]:
        environ = super().get_environ()
        if "Content-Type" not in self.headers:
            del environ["CONTENT_TYPE"]  # wsgiref would say text/plain
        return environ

    def log_message(self, format: str, *args: object) -> None:
        pass


class Nearby(WSGIServer):
    """Wsgiref's server, which does not ask the network for its own name."""

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address
        self.setup_environ()


def app_tells(text: str) -> None:
    """Print what the application does: it runs inside the server, so in the server's column, after the word app."""
    tell("server", f"app: {text}")


def send_head(connection: Speaking, status: str, fields: Fields) -> None:
    """Send the head of a response, to the empty line, and print only its status."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields), "", ""]
    socket.socket.sendall(connection, "\r\n".join(lines).encode("latin-1"))
    tell("server", f"sendall(the head, {status!r})")


def receives_all(client: socket.socket) -> None:
    """Receive to the end of stream, and print the lines that came, as bytes."""
    data = b""
    try:
        while chunk := socket.socket.recv(client, 4096):
            data += chunk
        end = "the end of stream"
    except OSError as error:
        end = type(error).__name__
    print("the client receives:")
    for line in data.splitlines(keepends=True):
        print(f"    {line!r}")
    print(f"    {end}")


def listens_for(client: Speaking, seconds: float = 0.15) -> bytes | None:
    """Receive once. A client that hears nothing gives up (None), without which a demo would never end."""
    client.settimeout(seconds)
    try:
        return client.recv(4096)
    except TimeoutError:
        return None


@contextmanager
def guest() -> Iterator[tuple[Speaking, socket.socket]]:
    """A client that speaks, and the server's end of its connection, which nobody here holds for the server.

    The demo makes a Speaking("server", ...) of that end, which takes the descriptor over and is then its only owner.
    """
    client, server = connected()
    client = Speaking("client", client)
    try:
        yield client, server
    finally:
        socket.socket.close(client)
        server.close()


def ask_wsgiref(app: WSGIApplication, request: bytes) -> bytes:
    """Send one request (head and message body) to wsgiref's server on a real socket. Returns its response."""
    with (
        Nearby(("127.0.0.1", 0), Silent) as server,
        socket.create_connection(server.server_address) as client,
    ):
        server.set_app(app)
        client.sendall(request)
        server.handle_request()
        with client.makefile("rb") as response:
            return response.read()


def left_open_on_purpose() -> None:
    """Silence the ResourceWarning of Python's development mode: here unclosed sockets are the lesson."""
    warnings.simplefilter("ignore", ResourceWarning)
