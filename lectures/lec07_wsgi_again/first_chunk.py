"""The head waits for the first chunk that is not empty, and goes out at the end where there is none."""

from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from stage import Speaking, app_tells, heading, pair, send_head, tell


def waits(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Two chunks that hold nothing, before one that does."""
    start_response("200 OK", [])
    return [b"", b"", b"Dear Ada\r\n"]


def lazy(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
    """A generator: its first line runs when the first chunk is asked for."""
    app_tells("calls start_response()")
    start_response("200 OK", [])
    yield b"Dear Bob\r\n"


def empty(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """No chunk at all."""
    start_response("204 No Content", [])
    return []


def send_response(connection: Speaking, body: Iterable[bytes], stored: list[tuple]) -> None:
    head_is_sent = False
    for chunk in body:
        if chunk == b"":
            continue
        if not head_is_sent:
            send_head(connection, *stored[0])
            head_is_sent = True
        connection.sendall(chunk)
    if not head_is_sent:
        send_head(connection, *stored[0])


def scene(app: WSGIApplication) -> None:
    heading(app.__name__ + "()")
    stored: list[tuple] = []
    with pair() as (_, server):
        body = app({}, lambda *arguments: stored.append(arguments))
        tell("server", f"app() has returned, {'with' if stored else 'without'} a start_response()")
        send_response(server, body, stored)
        server.close()


if __name__ == "__main__":
    for app in (waits, lazy, empty):
        scene(app)
