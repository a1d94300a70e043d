"""recv() gives what has arrived, and b"" only at the end of the stream."""

import socket

from stage import arrived, heading, pair


def pieces() -> None:
    """A line that arrives in two pieces, and then the end."""
    with pair() as (client, server):
        client.sendall(b"Hel")
        server.recv(4096)
        client.sendall(b"lo\r\n")
        server.recv(4096)
        client.close()
        server.recv(4096)
        server.recv(4096)


def count(connection: socket.socket) -> int:
    """How many bytes arrive until the other side ends its stream."""
    total = 0
    while True:
        chunk = connection.recv(4096)
        if chunk == b"":
            return total
        total += len(chunk)


def counted() -> None:
    """Ten thousand bytes, counted as they come."""
    with pair() as (client, server):
        client.sendall(bytes(10_000))
        client.close()
        arrived(server, 10_000)
        print(f"count() returns {count(server):,}")


if __name__ == "__main__":
    heading("What has arrived")
    pieces()
    heading("Until the end of the stream")
    counted()
