"""Answers in a thread for each client."""

import threading

from clients import answer, clients, request


def serve(connection):
    request(connection)
    answer(connection)


for connection in clients():
    threading.Thread(target=serve, args=(connection,)).start()
