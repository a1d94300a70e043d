"""The stage of this lecture's demos: ../speaking.py, sockets that spell out long messages, a client of HTTP."""

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse, IncompleteRead
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from speaking import Speaking, arrived, connected, heading, shown, tell

__all__ = ["Fed", "Spelling", "arrived", "connected", "ends", "heading", "read_response", "tell"]


class Spelling(Speaking):
    """A speaking socket that also prints, a line of them on each line, the bytes that it only counts else."""

    def sendall(self, data: bytes, flags: int = 0) -> None:
        super().sendall(data, flags)
        if shown(data) != repr(data) and len(data) < 1000:
            for line in data.splitlines(keepends=True):
                tell(self.side, f"    {line!r}")


Turn = bytes | Callable[[Spelling], object]  # what a client sends, or whatever else it does


class Fed(Spelling):
    """A server's socket whose client has a turn whenever the server calls recv()."""

    turns: Iterator[Turn] = iter(())
    client: Spelling

    def recv(self, size: int, flags: int = 0) -> bytes:
        turn = next(self.turns, None)
        if isinstance(turn, bytes):
            self.client.sendall(turn)
            arrived(self, len(turn))
        elif turn:
            turn(self.client)
        return super().recv(size, flags)


@contextmanager
def ends(*turns: Turn) -> Iterator[tuple[Spelling, Fed]]:
    """Two connected sockets that spell; the client has one of `turns` at each recv() of the server.

    What is still open at the end is closed without a word. Neither waits longer than a fifth of a second, without
    which the demos of those that wait for ever would never end.
    """
    plain = connected()
    client, server = Spelling("client", plain[0]), Fed("server", plain[1])
    server.client, server.turns = client, iter(turns)
    for end in (client, server):
        end.settimeout(0.2)
    try:
        yield client, server
    finally:
        for end in (client, server):
            socket.socket.close(end)


def read_response(client: socket.socket) -> None:
    """Read one response with http.client, and tell what it makes of it."""
    try:
        with HTTPResponse(client) as response:
            response.begin()
            tell("client", f"http.client: {response.status}, body {response.read()!r}")
    except TimeoutError:
        tell("client", "http.client: waits for more")
    except IncompleteRead as error:
        tell("client", f"http.client: IncompleteRead, after {error.partial!r}")
    except (HTTPException, ConnectionError) as error:
        tell("client", f"http.client: {type(error).__name__}")
