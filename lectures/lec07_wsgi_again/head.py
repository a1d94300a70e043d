"""When the head goes out: a start_response() that sends at once has promised too much."""

from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Speaking, app_tells, heading, pair, receives_all, send_head, tell


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    letters = {"/ada": b"Dear Ada\r\n"}
    app_tells("looks for " + environ["PATH_INFO"])
    return [letters[environ["PATH_INFO"]]]


def sends_at_once(connection: Speaking) -> None:
    def start_response(status, response_headers):
        send_head(connection, status, response_headers)

    try:
        for chunk in app({"PATH_INFO": "/bob"}, start_response):
            connection.sendall(chunk)
    except Exception as error:
        tell("server", f"catches {type(error).__name__}, and can say nothing more")
    connection.close()


def stores(connection: Speaking) -> None:
    stored: list[tuple] = []

    def start_response(status, response_headers):
        if stored:
            raise RuntimeError("start_response() was called a second time")
        stored.append((status, response_headers))

    try:
        page = b"".join(app({"PATH_INFO": "/bob"}, start_response))
    except Exception as error:
        tell("server", f"catches {type(error).__name__}, and has sent nothing yet")
        send_head(connection, "500 Internal Server Error", [("Content-Length", "0")])
    else:
        send_head(connection, *stored[0])
        connection.sendall(page)
    connection.close()


def scene(serve: Callable[[Speaking], None]) -> None:
    heading(f"A server that {serve.__name__.replace('_', ' ')}")
    with pair() as (client, server):
        serve(server)
        receives_all(client)


if __name__ == "__main__":
    scene(sends_at_once)
    scene(stores)
