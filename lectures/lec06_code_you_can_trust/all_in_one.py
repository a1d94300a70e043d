"""A server in one piece: who would test it needs a port, a thread and a clock that agrees."""

import socket
from datetime import datetime
from threading import Thread

from stage import read


def serve(listener: socket.socket) -> None:
    """Tell every client the time."""
    while True:
        connection, _ = listener.accept()
        head = b""
        while b"\r\n\r\n" not in head:
            head += connection.recv(4096)
        print("somebody asks for", head.split(b" ")[1])
        body = f"{datetime.now():%H:%M}\n".encode()
        fields = b"Content-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n" % len(body)
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + fields + b"\r\n" + body)
        connection.close()


def test_tells_the_time() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    Thread(target=serve, args=[listener], daemon=True).start()  # only our own end will end it
    before = datetime.now()
    with socket.create_connection(listener.getsockname()) as client:
        client.sendall(b"GET /time HTTP/1.1\r\nHost: a\r\n\r\n")
        with client.makefile("rb") as stream:
            response = read(stream.read())
    after = datetime.now()
    body = response.read().decode()
    assert body in (f"{before:%H:%M}\n", f"{after:%H:%M}\n")
    print("the time was right, by a clock that nobody could set")


if __name__ == "__main__":
    test_tells_the_time()
