"""Asks for more without end, on a socket that does not block."""

from contextlib import suppress

from clients import clients, request

for connection in clients():
    request(connection)
    connection.setblocking(False)
    while True:
        with suppress(BlockingIOError):
            connection.recv(1)
