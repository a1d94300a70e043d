"""Takes a lock twice, in a thread."""

import threading

from clients import answer, clients, request

lock = threading.Lock()


def serve(connection):
    request(connection)
    with lock, lock:
        answer(connection)


for connection in clients():
    threading.Thread(target=serve, args=(connection,)).start()
