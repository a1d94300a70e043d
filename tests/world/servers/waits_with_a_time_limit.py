"""Wants more than the request, and would wait for twenty seconds."""

from clients import answer, clients, request

for connection in clients():
    request(connection)
    connection.settimeout(20)
    connection.recv(1)
    answer(connection)
