"""A message body comes in any pieces: look at its length first, collect it, decode it last."""

import socket
from urllib.parse import parse_qsl

from captured import POST
from stage import Fed, heading, pair, receive, receive_head

LIMIT = 1_000_000  # bytes that we are ready to keep for one form


def refusal(length: str | None) -> str | None:
    """The status with which we refuse a body, told from the value of Content-Length alone."""
    if length is None:
        return "411 Length Required"
    return "413 Content Too Large" if int(length) > LIMIT else None


def receive_body(connection: socket.socket, begun: bytes, length: int) -> bytes:
    """The message body of `length` bytes, of which `begun` has come with the head."""
    body = begun
    while len(body) < length:
        body += receive(connection)
    return body[:length]


if __name__ == "__main__":
    for length in ("46", "5000000000", None):
        print(f"Content-Length {length}: {refusal(length) or 'welcome'}")

    heading("46 bytes in four pieces")
    pieces = [POST[:-37], POST[-37:-19], POST[-19:-4], POST[-4:]]
    with pair(server_class=Fed) as (client, server):
        server.client, server.pieces = client, iter(pieces)
        head, begun = receive_head(server)
        body = receive_body(server, begun, int(head.fields["content-length"]))
    print("decoded at the end:", parse_qsl(body.decode()))
    print("decoded by pieces: ", [parse_qsl(piece.decode()) for piece in (begun, *pieces[1:])])
