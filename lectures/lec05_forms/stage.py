"""The stage of this lecture's demos: ../speaking.py, and helpers that send, receive and show requests."""

import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).resolve().parent.parent))

from speaking import Speaking, arrived, connected, heading, pair, tell

__all__ = ["Fed", "arrived", "connected", "exchange", "heading", "lines", "multipart", "pair", "tell"]


class Head(NamedTuple):
    """The head of a request, as lecture 4 reads it."""

    method: str
    target: str
    fields: dict[str, str]  # by field-name in small letters


class Fed(Speaking):
    """A server's socket whose client sends its next piece when the server calls recv()."""

    pieces: Iterator[bytes] = iter(())
    client: socket.socket

    def recv(self, size: int, flags: int = 0) -> bytes:
        for piece in self.pieces:
            self.client.sendall(piece)
            arrived(self, len(piece))
            break
        return super().recv(size, flags)


def receive_head(connection: socket.socket) -> tuple[Head, bytes]:
    """The head of a request, and what has come of the body after it. Too simple: see lecture 4."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += receive(connection)
    head, _, begun = data.partition(b"\r\n\r\n")
    request_line, *field_lines = head.decode("latin-1").split("\r\n")
    method, target, _ = request_line.split(" ")
    split = [line.partition(":") for line in field_lines]
    return Head(method, target, {name.lower(): value.strip() for name, _, value in split}), begun


def receive(connection: socket.socket) -> bytes:
    """At least one byte. Raises EOFError at the end of stream."""
    if data := connection.recv(4096):
        return data
    raise EOFError("the client left in the middle of its request")


def lines(data: bytes) -> None:
    """Print bytes line by line, each with the CRLF that ends it."""
    for line in data.replace(b"\r\n", b"\r\n\0").split(b"\0"):
        if line:
            print(line)


def request(method: str, target: str, body: bytes = b"") -> bytes:
    """A request as a browser sends it, with few field-lines. `body` is urlencoded."""
    head = f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n"
    if method == "POST":
        head += f"Content-Length: {len(body)}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return head.encode() + b"\r\n" + body


def multipart(boundary: bytes, *contents: bytes) -> bytes:
    """A multipart body whose parts are all called f."""
    opening = b"--" + boundary + b'\r\nContent-Disposition: form-data; name="f"\r\n\r\n'
    return b"".join(opening + content + b"\r\n" for content in contents) + b"--" + boundary + b"--\r\n"


def exchange(sent: bytes, serve: Callable[[socket.socket], None]) -> bytes:
    """Send a request over a new connection, let `serve` answer it, and return the whole response."""
    client, server = connected()
    with client:
        client.sendall(sent)
        with server:
            serve(server)
        return b"".join(iter(lambda: client.recv(4096), b""))
