"""Puzzle: it works, but after the client has left, my laptop gets warm."""

import socket

from stage import Speaking, heading, pair


class Fused(Speaking):
    """A socket whose fuse blows at the third empty receive: without it this program would never end."""

    empty = 0

    def recv(self, size: int, flags: int = 0) -> bytes:
        data = super().recv(size, flags)
        self.empty += data == b""
        if self.empty == 3:
            raise InterruptedError
        return data


def echo(connection: socket.socket) -> None:
    while True:
        data = connection.recv(4096)
        connection.sendall(data)


if __name__ == "__main__":
    heading("One message, and the end")
    with pair(server_class=Fused) as (client, server):
        client.sendall(b"Hello\r\n")
        client.shutdown(socket.SHUT_WR)
        try:
            echo(server)
        except InterruptedError:
            print("and so on, until the fuse blows")
