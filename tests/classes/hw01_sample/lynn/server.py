"""An echo server: every byte that a client sends comes back to it.

Run it with `python3 server.py HOST PORT`; Ctrl-C stops it.
"""

import socket
import sys


def echo(connection: socket.socket) -> None:
    """Sends every byte that arrives on `connection` back, as it arrives, until the client's end of stream.

    Raises OSError when the connection breaks. It does not close `connection`: that is up to the caller.
    """
    # TODO: every byte of this client has been sent back to it, and the client has ended its sending.
    raise NotImplementedError("echo")


def serve(host: str, port: int) -> None:
    """Listens on `port` of `host` (a name or an IPv4 address), and serves client after client until stopped.

    Each connection is closed explicitly. A connection that breaks (OSError) does no harm to the next client.
    """
    # TODO: clients that connect to `host` and `port` are accepted, echoed and closed, one after another.
    raise NotImplementedError("serve")


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
