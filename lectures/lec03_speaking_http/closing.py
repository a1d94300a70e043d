"""Two ways to close after a response, while bytes of the client wait unread."""

import socket
from collections.abc import Callable

from stage import Spelling, arrived, ends, heading, tell

HEAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n"
BODY = b"name=Ada"
PAGE = b"x" * 300_000


def close_at_once(connection: socket.socket) -> None:
    """Close."""
    connection.close()


def close_well(connection: socket.socket) -> None:
    """End our sending, read what the client still sends, and only then close."""
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(4096) != b"":
        pass
    connection.close()


def leave(client: Spelling) -> None:
    """Receive the page, as far as it comes."""
    total = 0
    try:
        while chunk := socket.socket.recv(client, 65536):
            total += len(chunk)
        tell("client", f"has {total:,} bytes, then recv(65536) gives b''")
        client.close()
    except ConnectionResetError:
        some = "a part" if total < len(PAGE) else "all"
        tell("client", f"has {some} of the page, then recv(65536) raises ConnectionResetError")


def scene(close: Callable[[socket.socket], None]) -> None:
    """Answer a request whose body nobody reads."""
    heading(close.__name__)
    with ends() as (client, server):
        socket.socket.sendall(client, HEAD)
        tell("client", "sends a head, Content-Length: 8")
        server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, len(PAGE))  # the server's kernel takes it all,
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)  # the client's has room for a part
        server.recv(4096)
        client.sendall(BODY)
        arrived(server, len(BODY))
        server.sendall(PAGE)
        server.turns = iter([leave])
        close(server)
        if client.fileno() != -1:
            leave(client)


if __name__ == "__main__":
    scene(close_at_once)
    scene(close_well)
