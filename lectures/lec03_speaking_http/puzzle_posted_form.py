"""A server that takes the end of what has come for the end of the head."""

import socket

from stage import ends, heading


def receive_head(connection: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        data += connection.recv(4096)
    return data


if __name__ == "__main__":
    heading("A form")
    with ends(b"POST / HTTP/1.0\r\nContent-Length: 8\r\n\r\nname=Ada") as (_, server):
        try:
            receive_head(server)
        except TimeoutError:
            print("the client waits for its answer")
