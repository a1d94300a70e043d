"""Puzzle: short messages come back; of a long one I get the beginning, and then an error."""

import socket
from contextlib import suppress

from stage import arrived, heading, pair


def echo(connection: socket.socket) -> None:
    data = connection.recv(1024)
    connection.sendall(data)
    connection.close()


if __name__ == "__main__":
    heading("3,000 bytes")
    with pair() as (client, server), suppress(ConnectionResetError):
        client.sendall(bytes(3000))
        arrived(server, 3000)
        echo(server)
        client.recv(4096)
        client.recv(4096)
