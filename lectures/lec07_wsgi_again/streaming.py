"""Collect the chunks and send them at the end, or send each before the next is made."""

from collections.abc import Callable, Iterable, Iterator

from stage import Speaking, app_tells, heading, pair


def countdown() -> Iterator[bytes]:
    """The body of a slow application: much work, or a long wait, stands before each chunk."""
    for number in (b"3\r\n", b"2\r\n", b"1\r\n"):
        app_tells(f"works, and then gives {number!r}")
        yield number


def collects(connection: Speaking, body: Iterable[bytes]) -> Iterator[None]:
    page = b"".join(body)
    connection.sendall(page)
    yield


def streams(connection: Speaking, body: Iterable[bytes]) -> Iterator[None]:
    for chunk in body:
        connection.sendall(chunk)
        yield  # here we look at the client


def scene(serve: Callable[[Speaking, Iterable[bytes]], Iterator[None]]) -> None:
    heading(f"A server that {serve.__name__}")
    with pair() as (client, server):
        for _ in serve(server, countdown()):
            client.recv(4096)


if __name__ == "__main__":
    scene(collects)
    scene(streams)
