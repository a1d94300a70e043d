"""Answers from a loop that wakes up ten times a second."""

import select

from clients import answer, listener, request

listening = listener()
while True:
    ready, _, _ = select.select([listening], [], [], 0.1)
    for sock in ready:
        connection, _ = sock.accept()
        request(connection)
        answer(connection)
