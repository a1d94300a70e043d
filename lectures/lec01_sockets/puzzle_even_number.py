"""Puzzle: 1,000 bytes come back at once; 1,024 bytes never do."""

import socket
from contextlib import suppress

from stage import arrived, heading, pair


def echo(connection: socket.socket) -> None:
    while True:
        message = b""
        while True:
            chunk = connection.recv(1024)
            message += chunk
            if len(chunk) < 1024:
                break
        if message == b"":
            break
        connection.sendall(message)
    connection.close()


if __name__ == "__main__":
    heading("1,024 bytes")
    with pair() as (client, server), suppress(TimeoutError):
        client.sendall(bytes(1024))
        arrived(server, 1024)
        server.settimeout(0.2)  # without it this program would never end
        echo(server)
