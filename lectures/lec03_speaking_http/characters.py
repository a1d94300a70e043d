"""Bytes and characters: a Content-Length that counts the wrong ones loses the end of the page."""

from stage import ends, heading, read_response

PAGE = "Tea at the café"


def scene(title: str, length: int) -> None:
    """Send the page with this Content-Length, and read it."""
    heading(title)
    with ends() as (client, server):
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"
        server.sendall(head.encode("ascii") + PAGE.encode("utf-8"))
        server.close()
        read_response(client)


if __name__ == "__main__":
    scene("len(text)", len(PAGE))
    scene("len(data)", len(PAGE.encode("utf-8")))
