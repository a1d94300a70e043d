"""A client may end its own stream and still read the server's: so the server learns that all has come."""

import socket

from receiving import count
from stage import heading, pair


def answer(connection: socket.socket) -> None:
    """Count what comes until the client ends its stream, and answer with the number."""
    total = count(connection)
    connection.sendall(b"%d\r\n" % total)


def ended() -> None:
    """The client ends its stream, and waits for the number."""
    with pair() as (client, server):
        client.sendall(b"Hello\r\n")
        client.shutdown(socket.SHUT_WR)
        answer(server)
        server.close()
        client.recv(4096)
        client.recv(4096)


def not_ended() -> None:
    """The client waits for the number, and has ended nothing."""
    with pair() as (client, server):
        client.sendall(b"Hello\r\n")
        server.settimeout(0.2)  # without it this program would never end
        try:
            answer(server)
        except TimeoutError:
            print("the server waits for the client, and the client for the server")


if __name__ == "__main__":
    heading("The client ends its sending")
    ended()
    heading("The client does not")
    not_ended()
