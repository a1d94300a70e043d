"""Homework 1, Ada."""

import socket
import sys


def echo(connection: socket.socket) -> None:
    """Sends every byte that arrives on `connection` back, as it arrives, until the client's end of stream.

    Raises OSError when the connection breaks. It does not close `connection`: that is up to the caller.
    """
    while True:
        data = connection.recv(4096)
        if not data:
            return
        connection.sendall(data)


def serve(host: str, port: int) -> None:
    """Listens on `port` of `host` (a name or an IPv4 address), and serves client after client until stopped.

    Each connection is closed explicitly. A connection that breaks (OSError) does no harm to the next client.
    """
    listener = socket.create_server((host, port))
    while True:
        connection, _ = listener.accept()
        try:
            echo(connection)
        except OSError:
            pass  # that client is gone
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
