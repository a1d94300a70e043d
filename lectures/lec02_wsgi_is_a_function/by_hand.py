"""An application is a function, so a test can call it: no server, no socket, no waiting."""

from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

from stage import Fields

BOOKS = {"/emma": "Emma, by Jane Austen\n", "/heidi": "Heidi, by Johanna Spyri\n"}


def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """A page for each book."""
    text = BOOKS.get(environ.get("PATH_INFO", ""))
    status, text = ("404 Not Found", "There is no such book.\n") if text is None else ("200 OK", text)
    body = text.encode("utf-8")
    fields = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(status, fields)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def call(app: WSGIApplication, **environ: str) -> tuple[str, Fields, bytes]:
    """Do the server's part for one request: status, fields and the whole body."""
    said: list[tuple[str, Fields]] = []

    def start_response(status: str, fields: Fields) -> None:
        said.append((status, fields))

    setup_testing_defaults(environ)
    body = b"".join(app(environ, start_response))
    ((status, fields),) = said  # a ValueError, unless it was called exactly once
    return status, fields, body


if __name__ == "__main__":
    for path in ("/emma", "/nothing"):
        status, fields, body = call(app, PATH_INFO=path)
        print(path, "gives", status, body)
    print("HEAD gives", *call(app, PATH_INFO="/emma", REQUEST_METHOD="HEAD"), sep="\n  ")
    environ: WSGIEnvironment = {}
    setup_testing_defaults(environ)
    print("QUERY_STRING in environ:", "QUERY_STRING" in environ)
