"""Puzzle: the famous short receive loop; with my browser it works."""

import socket

from stage import scene

HEAD = b"POST /notes HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n"


def receive(connection: socket.socket) -> tuple[str, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(1024)
    parts = data.split(b"\r\n\r\n")
    head, body = parts[0].decode(), parts[1]
    request_line, *lines = head.split("\r\n")
    fields = {}
    for line in lines:
        name, value = line.split(": ")
        fields[name] = value
    missing = int(fields["Content-Length"]) - len(body)
    if missing > 0:
        body += connection.recv(missing - len(body))
    return request_line, body


if __name__ == "__main__":
    scene("The author's test", receive, [HEAD, b"milk\r\nrice"])
