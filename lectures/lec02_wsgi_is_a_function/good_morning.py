"""The smallest application, called by a server, which is asked by a client."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from stage import Server, request, say


def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    body = b"Good morning\n"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "13")])
    return [body]


def watched(application: WSGIApplication) -> WSGIApplication:
    """The same application, with what goes in and out of it printed."""

    def between(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, fields: list[tuple[str, str]]) -> object:
            print("app calls      start_response(")
            print(f"                   {status!r},\n                   {fields!r})")
            return start_response(status, fields)

        print("server calls   app(environ, start_response)")
        body = application(environ, start)
        print(f"app returns    {body!r}")
        return body

    return between


if __name__ == "__main__":
    with Server(watched(app)) as server:
        say("client sends", request("/"))
        say("server sends", server.answer(request("/")))
