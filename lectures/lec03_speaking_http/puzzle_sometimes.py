"""A server that looks for the end of the head in each piece."""

import socket

from stage import ends, heading


def receive_head(connection: socket.socket) -> bytes:
    head = b""
    while True:
        chunk = connection.recv(4096)
        head += chunk
        if b"\r\n\r\n" in chunk:
            return head


if __name__ == "__main__":
    heading("A slow client")
    with ends(b"GET / HTTP/1.0\r\n", b"\r\n") as (_, server):
        try:
            receive_head(server)
        except TimeoutError:
            print("the client waits for its answer")
