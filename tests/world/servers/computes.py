"""Uses the CPU before it answers: argv[3] seconds."""

import sys
import time

from clients import answer, clients, request

for connection in clients():
    request(connection)
    until = time.process_time() + float(sys.argv[3])
    while time.process_time() < until:
        pass
    answer(connection)
