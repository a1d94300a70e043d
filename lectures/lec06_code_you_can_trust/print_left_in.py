"""A print() that was to help once: it tells a secret, and then it stops the server."""

import socket
from collections.abc import Callable

from every_split import read_head
from fake_connection import FakeConnection

HEAD = b"POST /login HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n"
CONTENTS = {"a form": b"user=ada&password=x7", "a picture": b"\x89PNG\r\n\x1a\n" + bytes(12)}


def visit_printing(connection: socket.socket) -> None:
    request = read_head(connection)
    print(request.decode())
    connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")


def visit(connection: socket.socket, log: Callable[[str], None] = print) -> None:
    request = read_head(connection)
    log(repr(request.partition(b"\r\n")[0]))
    connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")


if __name__ == "__main__":
    for serve in (visit_printing, visit):
        for title, content in CONTENTS.items():
            print(f"\n# {serve.__name__}: {title}")
            try:
                serve(FakeConnection(HEAD + content))
            except UnicodeDecodeError as error:
                print(f"the server stops: {type(error).__name__}")
