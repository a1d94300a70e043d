"""Puzzle: with my laptop it works, and from a phone it sometimes waits for ever."""

import socket

from stage import scene


def head(connection: socket.socket) -> bytes:
    data = b""
    while True:
        chunk = connection.recv(1024)
        if not chunk:
            raise ValueError("the client has left")
        data += chunk
        if b"\r\n\r\n" in chunk:
            return data.partition(b"\r\n\r\n")[0]


if __name__ == "__main__":
    scene("Cut in one place", head, [b"GET / HTTP/1.1\r\nHo", b"st: a\r\n\r\n"])
    scene("Cut in another", head, [b"GET / HTTP/1.1\r\nHost: a\r\n", b"\r\n"])
