"""Find the end of the head in a stream, however it is cut, and keep what came behind it."""

import socket

from stage import ends, heading

END = b"\r\n\r\n"


def receive_head(connection: socket.socket) -> tuple[bytes, bytes]:
    """The head, through its empty line, and the bytes that came behind it. EOFError if the client leaves."""
    data = b""
    while END not in data:
        chunk = connection.recv(4096)
        if chunk == b"":
            raise EOFError("the client left in the middle of its head")
        data += chunk
    head, end, rest = data.partition(END)
    return head + end, rest


def scene(title: str, *pieces: bytes) -> None:
    """Receive a head that comes in these pieces."""
    heading(title)
    with ends(*pieces) as (_, server):
        head, rest = receive_head(server)
        print(f"the head has {len(head)} bytes, and behind it came {rest!r}")


if __name__ == "__main__":
    scene("All at once", b"GET / HTTP/1.0\r\n\r\n")
    scene("The end of the head in two pieces", b"GET / HTTP/1.0\r\n\r", b"\n")
    scene("A body behind the head", b"POST / HTTP/1.0\r\n", b"Content-Length: 5\r\n\r\nHe", b"llo")
