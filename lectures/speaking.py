"""Sockets that print their calls, the client's left, the server's right: for the demos of every lecture.

A demo plays both ends of a connection in one program: the lines stand in the order in which the calls return.
An arrow marks a call that makes something travel. Each lecture's stage.py puts this file within its reach.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

COLUMN = 32  # characters to the left of the arrow
TRAVELS = ("send", "shutdown", "close")  # the calls that make something travel to the other side
WAYS = {socket.SHUT_RD: "SHUT_RD", socket.SHUT_WR: "SHUT_WR", socket.SHUT_RDWR: "SHUT_RDWR"}


class Speaking(socket.socket):
    """A connected socket that prints what is done with it. `side` is "server", or who the client is."""

    def __init__(self, side: str, plain: socket.socket) -> None:
        super().__init__(fileno=plain.detach())
        self.side = side
        self.ended = False  # whether its stream has had its end, so that close() makes nothing travel

    def recv(self, size: int, flags: int = 0) -> bytes:
        data: bytes = self._spoken(f"recv({size})", super().recv, size, flags)
        return data

    def sendall(self, data: bytes, flags: int = 0) -> None:
        self._spoken(f"sendall({shown(data)})", super().sendall, data, flags)

    def shutdown(self, how: int) -> None:
        self._spoken(f"shutdown({WAYS[how]})", super().shutdown, how)
        self.ended = self.ended or how != socket.SHUT_RD

    def close(self) -> None:
        if self.fileno() != -1:
            self._spoken("close()", super().close)

    def _spoken(self, call: str, method: Callable[..., Any], *arguments: object) -> Any:
        try:
            result = method(*arguments)
        except OSError as error:
            tell(self.side, f"{call} raises {type(error).__name__}")
            raise
        text = call if result is None else f"{call} gives {shown(result)}"
        tell(self.side, text, travels=text.startswith(TRAVELS) and not (call == "close()" and self.ended))
        return result


def tell(side: str, text: str, travels: bool | None = None) -> None:
    """Print what one side does, in its column. Whether something `travels` shows in `text`, if it is not told."""
    if travels is None:
        travels = text.startswith(TRAVELS) and "raises" not in text
    arrow = travels and text != "sendall(b'')"
    if side == "server":
        print(f"{'':{COLUMN}} {'<--' if arrow else '   '} {text}")
    else:
        who = "" if side == "client" else f"{side}: "
        print(f"{who + text:{COLUMN}} {'-->' if arrow else ''}".rstrip())


def heading(text: str) -> None:
    """Print the heading of a scene."""
    print(f"\n# {text}\n{'client':{COLUMN}}     server")


def shown(data: bytes) -> str:
    """Bytes as Python writes them, or their number where they are many."""
    return f"{len(data):,} bytes" if len(data) > 24 else repr(data)


def connected() -> tuple[socket.socket, socket.socket]:
    """Two connected sockets on the loopback interface: the client's end and the server's."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        server, _ = listener.accept()
    return client, server


@contextmanager
def pair(
    visitor: str = "client", server_class: type[Speaking] = Speaking
) -> Iterator[tuple[Speaking, Speaking]]:
    """Two connected sockets that speak; what is still open at the end is closed without a word."""
    client, server = connected()
    ends = Speaking(visitor, client), server_class("server", server)
    try:
        yield ends
    finally:
        for end in ends:
            socket.socket.close(end)


def arrived(connection: socket.socket, count: int) -> None:
    """Wait until `count` bytes have reached this socket, and leave them there for recv() to take."""
    while len(socket.socket.recv(connection, count, socket.MSG_PEEK)) < count:
        pass
