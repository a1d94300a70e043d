"""Wants more than the request, in a thread."""

import threading

from clients import answer, clients, request


def serve(connection):
    request(connection)
    connection.recv(4096)
    answer(connection)


for connection in clients():
    threading.Thread(target=serve, args=(connection,)).start()
