"""A connection that nobody closes lives as long as a name holds it."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress

from stage import Speaking, heading

Server = Callable[[socket.socket], Iterator[None]]


def forgetful(listener: socket.socket) -> Iterator[None]:
    """Greet each client, and forget to close."""
    while True:
        connection = Speaking("server", listener.accept()[0])
        connection.sendall(b"hello\r\n")
        yield  # the next client, please


def careful(listener: socket.socket) -> Iterator[None]:
    """Greet each client, and close."""
    while True:
        with Speaking("server", listener.accept()[0]) as connection:
            connection.sendall(b"hello\r\n")
        yield


def two_clients(serve: Server) -> None:
    """Serve Ada, then Bob, and look after each turn at what the two have heard."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        ada, bob = (Speaking(name, socket.create_connection(address)) for name in ("ada", "bob"))
        server = serve(listener)
        next(server)
        look(ada, 2)
        next(server)
        look(ada, 1)
        look(bob, 2)
        for client in (ada, bob):
            socket.socket.close(client)


def look(client: socket.socket, times: int) -> None:
    """Receive so many times; a client that hears nothing gives up."""
    client.settimeout(0.2)  # without it this program would never end
    with suppress(TimeoutError):
        for _ in range(times):
            client.recv(4096)


if __name__ == "__main__":
    for serve in (forgetful, careful):
        heading(f"A {serve.__name__} server")
        two_clients(serve)
