"""Announces a hundred bytes, sends five, and keeps the connection."""

from clients import clients, request

kept = []
for connection in clients():
    request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
    kept.append(connection)
