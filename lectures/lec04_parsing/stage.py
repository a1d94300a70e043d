"""The stage of this lecture's demos: ../speaking.py, and a scene in which a client sends piece by piece."""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent))

from speaking import Speaking, arrived, heading, pair, tell

__all__ = ["Speaking", "arrived", "heading", "pair", "scene", "tell"]


class Blown(Exception):
    """The fuse of a scene: a loop has asked for more than its scene can last."""


class Visited(Speaking):
    """A server's socket whose client sends a piece at each recv(); it blows at the third b""."""

    client: Speaking
    pieces: list[bytes]
    leaves: bool
    empty = 0

    def recv(self, size: int, flags: int = 0) -> bytes:
        if self.pieces:
            piece = self.pieces.pop(0)
            self.client.sendall(piece)
            arrived(self, len(piece))
        elif self.leaves:
            self.client.close()
        data = super().recv(size, flags)
        self.empty += data == b""
        if self.empty == 3:
            raise Blown
        return data


def scene(
    title: str, receive: Callable[[Visited], object], pieces: list[bytes], *, leaves: bool = False
) -> None:
    """Play `receive` to a client that sends `pieces`, then leaves or waits; tell what it gives."""
    heading(title)
    with pair(server_class=Visited) as (client, server):
        assert isinstance(server, Visited)
        server.client, server.pieces, server.leaves = client, [*pieces], leaves
        server.settimeout(0.2)  # without it a server that waits for nothing would never end
        try:
            tell("server", f"returns {receive(server)!r}")
        except Blown:
            tell("server", "and so on, until the fuse blows")
        except TimeoutError:
            tell("server", "waits, and the client has sent all it has")
        except (KeyError, ValueError) as error:
            tell("server", f"raises {error!r}")
