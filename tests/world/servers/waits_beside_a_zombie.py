"""Has a child that has ended, for which it never waits, and wants more than the request."""

import os

from clients import answer, clients, request

for connection in clients():
    request(connection)
    if os.fork() == 0:
        os._exit(0)
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)  # it has ended, and stays
    connection.recv(4096)
    answer(connection)
