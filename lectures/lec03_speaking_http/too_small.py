"""A Content-Length that is too small spoils the next response of the same connection."""

from typing import BinaryIO

from stage import ends, heading, tell

PAGE = "Tea at the café".encode()


def read_response(stream: BinaryIO) -> bytes:
    """The body of the next response in a stream. ValueError if none begins there."""
    status_line = stream.readline()
    if not status_line.startswith(b"HTTP/1."):
        raise ValueError(f"no status-line: {status_line!r}")
    length = int(stream.readline().removeprefix(b"Content-Length:"))
    assert stream.readline() == b"\r\n"
    return stream.read(length)


def two_responses() -> None:
    with ends() as (client, server), client.makefile("rb") as stream:
        for _ in ("first", "second"):
            server.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n" + PAGE)
            try:
                tell("client", f"reads {read_response(stream)!r}")
            except ValueError as error:
                tell("client", f"finds {error}")


if __name__ == "__main__":
    heading("Two responses, each a byte longer than it says")
    two_responses()
