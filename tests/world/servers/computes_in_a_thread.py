"""Uses the CPU in a thread before it answers: argv[3] seconds."""

import sys
import threading
import time

from clients import answer, clients, request


def serve(connection):
    request(connection)
    until = time.thread_time() + float(sys.argv[3])
    while time.thread_time() < until:
        pass
    answer(connection)


for connection in clients():
    threading.Thread(target=serve, args=(connection,)).start()
