"""From a request-line to a status: the questions in their order, and one answer before the server closes."""

import socket

from request_lines import REQUEST_LINE
from stage import heading, pair

LONGEST = 64  # bytes of a request-line, without its CRLF: far too few outside of a demo
METHODS = (b"GET", b"HEAD", b"POST")
RESOURCES = {b"/clock": (b"GET", b"HEAD"), b"/bell": (b"POST",)}
LINES = [
    b"GET /clock HTTP/1.1",
    b"GET /clock HTTP/1.7",
    b"GET /clock",
    b"GET /clock HTTP/2.0",
    b"BREW /clock HTTP/1.1",
    b"get /clock HTTP/1.1",
    b"GET /clocks HTTP/1.1",
    b"POST /clock HTTP/1.1",
    b"GET /" + b"x" * 60 + b" HTTP/1.1",
]


def verdict(line: bytes) -> bytes:
    """What follows HTTP/1.1 in the status-line, and the fields that belong to it, without the last CRLF."""
    if len(line) > LONGEST:
        return b"414 URI Too Long"
    if not (match := REQUEST_LINE.fullmatch(line)):
        return b"400 Bad Request"
    method, target, major, _ = match.groups()
    allowed = RESOURCES.get(target, ())
    questions = [
        (major == b"1", b"505 HTTP Version Not Supported"),
        (method in METHODS, b"501 Not Implemented"),
        (target in RESOURCES, b"404 Not Found"),
        (method in allowed, b"405 Method Not Allowed\r\nAllow: " + b", ".join(allowed)),
    ]
    return next((no for yes, no in questions if not yes), b"200 OK")


def answer(connection: socket.socket) -> None:
    """One answer, and then the end as in lecture 3: shut down, read what still comes, close."""
    line, _, _ = connection.recv(1024).partition(b"\r\n")
    connection.sendall(b"HTTP/1.1 " + verdict(line) + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(1024):
        pass
    connection.close()


if __name__ == "__main__":
    for line in LINES:
        print(f"{(line if len(line) < 30 else line[:10] + b'...').decode():22} {verdict(line).decode()!r}")
    heading("Two requests in one piece, and the first is malformed")
    with pair() as (client, server):
        client.sendall(b"GET /clock\r\n\r\nGET /clock HTTP/1.1\r\nHost: a\r\n\r\n")
        client.shutdown(socket.SHUT_WR)
        answer(server)
        client.recv(1024)
        client.recv(1024)
