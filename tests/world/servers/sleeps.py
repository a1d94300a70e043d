"""Sleeps before it answers: argv[3] seconds."""

import sys
import time

from clients import answer, clients, request

for connection in clients():
    request(connection)
    time.sleep(float(sys.argv[3]))
    answer(connection)
