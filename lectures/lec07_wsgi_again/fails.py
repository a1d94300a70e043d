"""An application fails before its first byte, or after it, and the client learns what can still be said."""

import io
import traceback
from collections.abc import Iterator
from http.client import HTTPResponse, IncompleteRead
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from stage import Speaking, heading, pair, send_head

PASSWORD = "s3cret"


def letter(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
    fields = [] if environ["QUERY_STRING"] == "no-length" else [("Content-Length", "10")]
    start_response("200 OK", fields)
    if environ["PATH_INFO"] == "/late":
        yield b"Dear "
    raise ValueError(f"login with {PASSWORD!r} failed")


def serve_one(app: WSGIApplication, connection: Speaking, environ: WSGIEnvironment) -> None:
    stored: list[tuple] = []
    head_is_sent = False
    try:
        for chunk in app(environ, lambda *arguments: stored.append(arguments)):
            if not head_is_sent:
                send_head(connection, *stored[0])
                head_is_sent = True
            connection.sendall(chunk)
    except Exception:
        environ["wsgi.errors"].write(traceback.format_exc())
        if not head_is_sent:
            send_head(connection, "500 Internal Server Error", [("Content-Length", "0")])
    connection.close()


def scene(target: str) -> None:
    heading(target)
    path, _, query = target.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "wsgi.errors": io.StringIO()}
    with pair() as (client, server):
        serve_one(letter, server, environ)
        with HTTPResponse(client) as response:
            response.begin()
            try:
                print(f"http.client: {response.status}, {response.read()!r}")
            except IncompleteRead as error:
                print(f"http.client: {response.status}, {error}")
    print("wsgi.errors ends in:", environ["wsgi.errors"].getvalue().splitlines()[-1])


if __name__ == "__main__":
    for target in ("/early", "/late", "/late?no-length"):
        scene(target)
