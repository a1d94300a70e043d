"""Answers at once."""

from clients import answer, clients, request

for connection in clients():
    request(connection)
    answer(connection)
