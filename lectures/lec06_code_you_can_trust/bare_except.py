"""`except:` also catches what is no fault of the client: our own bug, and Ctrl-C."""

import socket
from collections import Counter

from every_split import read_head
from fake_connection import FakeConnection

REQUEST = b"GET / HTTP/1.0\r\n\r\n"
VISITS: Counter[bytes] = Counter()
SCRIPTS: dict[str, BaseException | bytes] = {
    "the client resets": ConnectionResetError(),
    "the client says nothing": b"",
    "we have a bug": REQUEST,
    "somebody presses Ctrl-C": KeyboardInterrupt(),
}


def answer(connection: socket.socket) -> None:
    head = read_head(connection)
    VISITS[head.split(b" ")[3]] += 1
    connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")


def visit_bare(connection: socket.socket) -> None:
    try:
        answer(connection)
    except:  # noqa: E722
        print("the client has left")


def visit(connection: socket.socket) -> None:
    try:
        answer(connection)
    except (OSError, EOFError):
        print("the client has left")


if __name__ == "__main__":
    for serve in (visit_bare, visit):
        print(f"\n# {serve.__name__}")
        for title, event in SCRIPTS.items():
            print(title, end=": ")
            try:
                serve(FakeConnection(event))
            except BaseException as error:
                print(f"{type(error).__name__} is seen by all")
