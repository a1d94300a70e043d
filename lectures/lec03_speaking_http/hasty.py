"""A server that answers each recv(): one request in two pieces, two responses."""

import socket

from stage import Spelling, arrived, ends, heading, tell

RESPONSE = b"HTTP/1.1 204 Done\r\n\r\n"


def hasty(connection: socket.socket) -> None:
    """Answer whatever comes, as it comes."""
    while connection.recv(4096) != b"":
        connection.sendall(RESPONSE)


def leave(client: Spelling) -> None:
    """See what has come, and end the stream."""
    arrived(client, 2 * len(RESPONSE))
    tell("client", f"has sent one request, and receives {socket.socket.recv(client, 4096)!r}")
    client.shutdown(socket.SHUT_WR)


def main() -> None:
    heading("A request in two pieces")
    with ends(b"GET / HTTP/1.1\r\n", b"Host: a\r\n\r\n", leave) as (_, server):
        hasty(server)


if __name__ == "__main__":
    main()
