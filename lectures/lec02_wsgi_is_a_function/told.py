"""What an application is told: one request, and the strings that it becomes."""

from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, request, say

KEYS = (
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "SERVER_PROTOCOL",
    "HTTP_HOST",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_COOKIE",
    "wsgi.url_scheme",
)


def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """A page that shows what the application has been told, as Python writes it."""
    lines = [f"{key:22} {environ.get(key)!r}\n" for key in KEYS]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [line.encode() for line in lines]


if __name__ == "__main__":
    asked = request("/old%20books/7?sort=title&dir=a%20z", "GET", "accept-language: en")
    say("client sends", asked)
    with Server(app) as server:
        page = server.answer(asked).partition(b"\r\n\r\n")[2]
    print(f"\n{page.decode()}", end="")
