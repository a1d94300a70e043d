"""start_response() sends nothing: until the first chunk, a server can still answer something else."""

from collections.abc import Iterator
from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, request, say


def fails_early(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "8")])
    raise LookupError("the list is lost")
    yield b"one\n"


def fails_late(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "8")])
    yield b"one\n"
    raise LookupError("the list is lost")


if __name__ == "__main__":
    for app in (fails_early, fails_late):
        with Server(app) as server:
            print(f"\n# {app.__name__}")
            say("server sends", server.answer(request("/")))
            print(f"in its log     {server.complaint()}")
