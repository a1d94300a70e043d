"""Waits for more than the request, a tenth of a second at a time."""

import select

from clients import clients, request

for connection in clients():
    request(connection)
    while not select.select([connection], [], [], 0.1)[0]:
        pass
