"""Three ways to meet a reset, and what each looks like from the other side."""

import socket
import struct
from contextlib import suppress

from stage import Speaking, arrived, heading, pair, tell


def unread() -> None:
    """A server closes although bytes of the client wait unread."""
    with pair() as (client, server), suppress(ConnectionResetError):
        client.sendall(b"Hello\r\n")
        arrived(server, 7)
        server.close()
        client.recv(4096)


def reset(connection: Speaking) -> None:
    """Close by a reset: linger on, for 0 seconds."""
    tell(connection.side, "sets SO_LINGER to 0 seconds")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def on_purpose() -> None:
    """A client resets the connection while the server would read."""
    with pair() as (client, server), suppress(ConnectionResetError):
        reset(client)
        server.recv(4096)


def gone() -> None:
    """A server sends to a client that has closed: only a later send() can know."""
    with pair() as (client, server):
        client.close()
        server.sendall(b"one\r\n")
        try:
            while True:
                server.send(b"more\r\n")
        except BrokenPipeError:
            tell("server", "a later send() raises BrokenPipeError")


if __name__ == "__main__":
    for title, scene in (("Unread bytes", unread), ("On purpose", on_purpose), ("Nobody there", gone)):
        heading(title)
        scene()
