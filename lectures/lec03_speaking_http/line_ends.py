"""A client that ends its lines with LF alone, and a server that waits for CRLF CRLF."""

from read_head import receive_head
from stage import ends, heading


def scene(title: str, request: bytes) -> None:
    """Receive the head of this request, if it has one."""
    heading(title)
    with ends(request) as (_, server):
        try:
            receive_head(server)
            print("the server has a head")
        except TimeoutError:
            print("the server waits for the client, and the client for the server")


if __name__ == "__main__":
    scene("CRLF", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    scene("LF alone", b"GET / HTTP/1.1\nHost: a\n\n")
