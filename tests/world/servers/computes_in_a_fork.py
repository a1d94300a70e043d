"""Uses the CPU in another process before that answers: argv[3] seconds."""

import os
import signal
import sys
import time

from clients import answer, clients, request

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for connection in clients():
    if os.fork() == 0:
        request(connection)
        until = time.process_time() + float(sys.argv[3])
        while time.process_time() < until:
            pass
        answer(connection)
        os._exit(0)
    connection.close()
