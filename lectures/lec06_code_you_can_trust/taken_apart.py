"""The same server in four pieces, of which three can be looked at without a network."""

import socket
from collections.abc import Callable
from datetime import datetime

from stage import heading, pair


def answer(head: bytes, now: datetime) -> bytes:
    """The response to a request with this head: bytes in, bytes out."""
    right = head.startswith(b"GET /time ")
    status, text = (b"200 OK", f"{now:%H:%M}\n") if right else (b"404 Not Found", "ask for /time\n")
    body = text.encode()
    fields = b"Content-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n" % len(body)
    return b"HTTP/1.1 %b\r\n%b\r\n%b" % (status, fields, body)


def read_head(connection: socket.socket) -> bytes:
    """What arrives up to the end of the head, and perhaps more."""
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    return head


Clock = Callable[[], datetime]
Log = Callable[[str], None]


def visit(connection: socket.socket, clock: Clock = datetime.now, log: Log = print) -> None:
    """Serve one client; the caller closes."""
    head = read_head(connection)
    log(f"somebody sends {head[:20]!r}")
    connection.sendall(answer(head, clock()))


def serve(listener: socket.socket) -> None:
    """Serve one client after another."""
    while True:
        connection, _ = listener.accept()
        with connection:
            try:
                visit(connection)
            except OSError as error:
                print("a client is lost:", type(error).__name__)


if __name__ == "__main__":
    midnight = datetime(2000, 1, 1)
    print(answer(b"GET /time HTTP/1.0\r\n\r\n", midnight).splitlines()[-1])
    print(answer(b"GET /thyme HTTP/1.0\r\n\r\n", midnight).splitlines()[0])
    logged: list[str] = []
    heading("At midnight, into a list")
    with pair() as (client, server):
        client.sendall(b"GET /time HTTP/1.1\r\nHost: a\r\n\r\n")
        visit(server, clock=lambda: midnight, log=logged.append)
    print("logged:", logged)
