"""A Content-Length that is too large: the client waits, or finds that something is missing."""

from stage import ends, heading, read_response

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nHello\r\n"


def stays_open() -> None:
    """The server says 20, sends 7, and keeps the connection."""
    with ends() as (client, server):
        server.sendall(RESPONSE)
        read_response(client)


def closes() -> None:
    """The server says 20, sends 7, and closes."""
    with ends() as (client, server):
        server.sendall(RESPONSE)
        server.close()
        read_response(client)


if __name__ == "__main__":
    heading("The server keeps the connection")
    stays_open()
    heading("The server closes it")
    closes()
