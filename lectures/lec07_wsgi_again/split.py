"""One request and its response: what the server does, what the application does, and when."""

from collections.abc import Iterator
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from stage import Speaking, app_tells, heading, pair, receives_all, send_head, tell


class Letter:
    """A body in two chunks, with something to put away at the end."""

    def __iter__(self) -> Iterator[bytes]:
        for chunk in (b"Dear ", b"Ada\r\n"):
            app_tells(f"gives {chunk!r}")
            yield chunk
        app_tells("has no more")

    def close(self) -> None:
        app_tells("puts away what it has used")


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Letter:
    app_tells("reads PATH_INFO, " + repr(environ["PATH_INFO"]))
    app_tells("calls start_response('200 OK', ...)")
    start_response("200 OK", [("Content-Type", "text/plain")])
    app_tells("returns its body")
    return Letter()


def serve_one(app: WSGIApplication, connection: Speaking) -> None:
    stored = []

    def start_response(status, response_headers):
        stored.append((status, response_headers))
        tell("server", "stores the status and the fields")

    tell("server", "calls app(environ, start_response)")
    body = app({"PATH_INFO": "/letter"}, start_response)
    tell("server", "asks the body for its chunks")
    for chunk in body:
        if stored:
            send_head(connection, *stored.pop())
        connection.sendall(chunk)
    tell("server", "calls body.close()")
    body.close()
    connection.close()


if __name__ == "__main__":
    heading("One request")
    with pair() as (client, server):
        client.sendall(b"GET /letter ...")
        server.recv(4096)
        serve_one(app, server)
        receives_all(client)
