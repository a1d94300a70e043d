"""A client that goes wrong is no reason for a server to stop."""

import socket

from half_close import answer
from resets import reset
from stage import heading, pair, tell


def visit(connection: socket.socket) -> None:
    """Serve one client, whatever becomes of it, and close its connection in every case."""
    try:
        answer(connection)
    except OSError as error:
        tell("server", f"lost this client: {type(error).__name__}")
    finally:
        connection.close()


if __name__ == "__main__":
    heading("Ada resets, Bob behaves")
    with pair("ada") as (ada, server):
        reset(ada)
        visit(server)
    with pair("bob") as (bob, server):
        bob.sendall(b"Hello\r\n")
        bob.shutdown(socket.SHUT_WR)
        visit(server)
        bob.recv(4096)
