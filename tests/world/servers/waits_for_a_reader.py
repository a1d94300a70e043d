"""Sends to itself more than fits, and nobody reads."""

import socket

from clients import answer, clients, request

ours, theirs = socket.socketpair()
for connection in clients():
    request(connection)
    ours.sendall(bytes(8 << 20))
    answer(connection)
