"""A property: what is read does not depend on where the stream was cut. Three readers, every cut."""

import socket
from collections.abc import Callable, Iterator
from itertools import combinations

from fake_connection import FakeConnection

REQUEST = b"GET /time HTTP/1.1\r\nHost: a\r\n\r\n"


def read_once(connection: socket.socket) -> bytes:
    return connection.recv(4096)


def read_until_piece(connection: socket.socket) -> bytes:
    head = b""
    while True:
        piece = connection.recv(4096)
        head += piece
        if b"\r\n\r\n" in piece or piece == b"":
            return head


def read_head(connection: socket.socket) -> bytes:
    """What arrives up to the end of the head, and perhaps more. Raises EOFError if the end does not come."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(4096)
        if piece == b"":
            raise EOFError(head)
        head += piece
    return head


def cut(data: bytes, cuts: int) -> Iterator[list[bytes]]:
    """Each way to cut `data` at so many places."""
    for places in combinations(range(1, len(data)), cuts):
        yield [data[i:j] for i, j in zip((0, *places), (*places, len(data)), strict=True)]


def wrong(reader: Callable[[socket.socket], bytes], cuts: int) -> str:
    """For how many scripts the reader asks for more than the whole request, or returns less."""
    count = total = 0
    for pieces in cut(REQUEST, cuts):
        fake = FakeConnection(*pieces, b"")
        count += reader(fake) != REQUEST or fake.script != [b""]
        total += 1
    return f"{count} of {total}"


if __name__ == "__main__":
    print(f"{'wrong':18}{'uncut':10}{'one cut':12}two cuts")
    for reader in (read_once, read_until_piece, read_head):
        print(f"{reader.__name__:18}{wrong(reader, 0):10}{wrong(reader, 1):12}{wrong(reader, 2)}")
