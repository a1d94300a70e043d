"""Lets another process compute the answer."""

import subprocess
import sys

from clients import answer, clients, request

for connection in clients():
    request(connection)
    computed = subprocess.check_output([sys.executable, "-I", "-S", "-c", "print(sum(range(10**6)))"])
    answer(connection, computed)
