"""wsgi.input must end where the message body ends, though the connection goes on."""

import io
import socket

from stage import Speaking, heading, pair, tell

BODY = b"one\r\ntwo\r\n"  # its head said: Content-Length: 10


class Limited(io.RawIOBase):
    """The next `left` bytes of a connection, and then an end of file."""

    def __init__(self, connection: socket.socket, left: int) -> None:
        self.connection = connection
        self.left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self.left == 0:
            return 0
        chunk = self.connection.recv(min(len(buffer), self.left))
        if chunk == b"":
            raise ConnectionError(f"the client left, and {self.left} bytes are missing")
        buffer[: len(chunk)] = chunk
        self.left -= len(chunk)
        return len(chunk)


def reads(what: str, method, *arguments: int) -> None:
    try:
        tell("server", f"{what} gives {method(*arguments)!r}")
    except OSError as error:
        tell("server", f"{what} raises {type(error).__name__}")


def whole_connection(server: Speaking) -> None:
    server.settimeout(0.2)  # without it this program would never end
    with server.makefile("rb") as file:
        reads("read()", file.read)


def limited(server: Speaking) -> None:
    with io.BufferedReader(Limited(server, len(BODY))) as file:
        reads("read(2)", file.read, 2)
        reads("readline()", file.readline)
        reads("list()", lambda: list(file))
        reads("read()", file.read)


if __name__ == "__main__":
    for scene in (whole_connection, limited):
        heading(scene.__name__ + "()")
        with pair() as (client, server):
            client.sendall(BODY)
            scene(server)
