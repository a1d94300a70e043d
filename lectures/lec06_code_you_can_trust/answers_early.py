"""A server that answers before it has read: everything is 200, and the answer ends in a reset."""

import socket
from contextlib import suppress

from every_split import read_head
from stage import Serve, arrived, heading, pair

REQUEST = b"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\n"
NOT_FOUND = b"HTTP/1.1 404 No\r\n"
END = b"\r\n"


def answers_early(connection: socket.socket) -> None:
    connection.sendall(OK + END)
    connection.close()


def reads_first(connection: socket.socket) -> None:
    found = read_head(connection).startswith(b"GET / ")
    connection.sendall((OK if found else NOT_FOUND) + END)
    connection.close()


def scene(serve: Serve) -> None:
    """A client asks for what does not exist."""
    heading(f"{serve.__name__} is asked for /nothing")
    with pair() as (client, server), suppress(ConnectionResetError):
        client.sendall(REQUEST)
        arrived(server, len(REQUEST))
        serve(server)
        client.recv(4096)
        client.recv(4096)


if __name__ == "__main__":
    scene(answers_early)
    scene(reads_first)
