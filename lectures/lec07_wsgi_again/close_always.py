"""A client that leaves in mid-body ends the response, and the application must hear of it."""

import socket
import struct
from collections.abc import Callable, Iterable, Iterator

from stage import Speaking, app_tells, heading, pair, tell


class Report:
    """A body that has borrowed something which others are waiting for."""

    def __iter__(self) -> Iterator[bytes]:
        app_tells("borrows the database")
        yield from (b"page 1\r\n", b"page 2\r\n", b"page 3\r\n")

    def close(self) -> None:
        app_tells("gives the database back")


def forgets(connection: socket.socket, body: Iterable[bytes]) -> Iterator[None]:
    for chunk in body:
        connection.sendall(chunk)
        yield  # the client has time to leave
    if hasattr(body, "close"):
        body.close()


def remembers(connection: socket.socket, body: Iterable[bytes]) -> Iterator[None]:
    try:
        for chunk in body:
            connection.sendall(chunk)
            yield
    finally:
        if hasattr(body, "close"):
            body.close()


def scene(serve: Callable[[Speaking, Iterable[bytes]], Iterator[None]]) -> None:
    heading(f"A server that {serve.__name__}")
    with pair() as (client, server):
        response = serve(server, Report())
        next(response)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()
        try:
            next(response)
        except OSError:
            tell("server", "gives this client up")


if __name__ == "__main__":
    scene(forgets)
    scene(remembers)
