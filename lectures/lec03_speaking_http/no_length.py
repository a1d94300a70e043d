"""A response without a length ends with its stream, whatever ended that."""

from stage import ends, heading, read_response

PAGE = b"<p>Tea is served at four.</p>"


def scene(title: str, body: bytes) -> None:
    """Send a response without a length, and close."""
    heading(title)
    with ends() as (client, server):
        server.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body)
        server.close()
        read_response(client)


if __name__ == "__main__":
    scene("The whole page", PAGE)
    scene("The program dies in the middle of it", PAGE[:15])
