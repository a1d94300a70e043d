"""Ends with an exception as soon as it has read a request."""

from clients import clients, request

for connection in clients():
    request(connection)
    raise RuntimeError("on purpose")
