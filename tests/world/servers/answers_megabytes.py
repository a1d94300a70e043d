"""Answers with more than any buffer holds."""

from clients import answer, clients, request

for connection in clients():
    request(connection)
    answer(connection, bytes(8 << 20))
