"""Wants more than the request."""

from clients import answer, clients, request

for connection in clients():
    request(connection)
    connection.recv(4096)
    answer(connection)
