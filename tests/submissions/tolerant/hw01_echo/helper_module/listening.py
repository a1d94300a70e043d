"""Accepting clients."""

import socket


def serve(host, port, handle):
    """Hands one connection after another to `handle`."""
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                handle(connection)
