"""The receive loop, mended: every wait can end, and every byte is counted once."""

import re
import socket

from puzzle_short_loop import HEAD
from stage import scene


def receive(connection: socket.socket) -> tuple[bytes, bytes]:
    """One request's head, without its empty line, and its body. Raises ValueError where there is none."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = body_length(head)
    while len(body) < length:
        body += more(connection)
    return head, body[:length]


def more(connection: socket.socket) -> bytes:
    """What has arrived, at least one byte."""
    if chunk := connection.recv(1024):
        return chunk
    raise ValueError("the client has left")


def body_length(head: bytes) -> int:
    """What the Content-Length of a head says, in bytes; 0 without one."""
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            if not re.fullmatch(rb"[0-9]+", value.strip(b" \t")):
                raise ValueError("not a length")
            return int(value)
    return 0


def body(connection: socket.socket) -> bytes:
    return receive(connection)[1]


if __name__ == "__main__":
    scene("The client leaves", body, [HEAD, b"milk"], leaves=True)
    other = HEAD.replace(b"t-Length: ", b"t-length:")
    scene("Another client, an empty line, three pieces", body, [other + b"te", b"a\r\n\r", b"\nice"])
    scene("A sign", body, [HEAD.replace(b"10", b"+1_0"), b"milk\r\nrice"])
