"""Sleeps for a hundredth of a second, many times, before it answers: argv[3] seconds in all."""

import sys
import time

from clients import answer, clients, request

for connection in clients():
    request(connection)
    for _ in range(round(float(sys.argv[3]) * 100)):
        time.sleep(0.01)
    answer(connection)
