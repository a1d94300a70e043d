"""One test, on a fake and on real sockets: what a script cannot know."""

import socket

from every_split import read_head
from fake_connection import FakeConnection
from stage import Serve, arrived, connected, outcomes, read

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nthanks"
REQUEST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n" + bytes(5000)


def leaves_bytes(connection: socket.socket) -> None:
    """Answer after the head, and close."""
    read_head(connection)
    connection.sendall(RESPONSE)
    connection.close()


def never_ends(connection: socket.socket) -> None:
    """Answer after the head, and leave the closing to others."""
    read_head(connection)
    connection.sendall(RESPONSE)


def ends_well(connection: socket.socket) -> None:
    """Answer after the head, end the sending, read what still comes, and close."""
    read_head(connection)
    connection.sendall(RESPONSE)
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(4096):
        pass
    connection.close()


def on_a_fake(serve: Serve) -> None:
    fake = FakeConnection(REQUEST, b"")
    serve(fake)
    assert read(fake.sent).read() == b"thanks"


def on_sockets(ends: tuple[socket.socket, socket.socket], serve: Serve) -> None:
    client, server = ends
    with client, server:
        client.settimeout(0.2)  # without it this program would never end
        client.sendall(REQUEST)
        client.shutdown(socket.SHUT_WR)
        arrived(server, len(REQUEST))
        serve(server)
        with client.makefile("rb") as stream:
            assert read(stream.read()).read() == b"thanks"


if __name__ == "__main__":
    tests = {
        "on a fake": on_a_fake,
        "on a socketpair": lambda serve: on_sockets(socket.socketpair(), serve),
        "on the loopback": lambda serve: on_sockets(connected(), serve),
    }
    outcomes(tests, {serve.__name__: serve for serve in (leaves_bytes, never_ends, ends_well)})
