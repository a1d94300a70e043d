"""Puzzle: I catch the error and answer 404, but my visitors get the server's 500."""

from collections.abc import Iterable, Iterator
from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, request, say

CHAPTERS = {"/emma": ("Volume I", "Volume II", "Volume III")}
TYPE = ("Content-Type", "text/plain")


def chapters(path: str, start_response: StartResponse) -> Iterator[bytes]:
    titles = CHAPTERS[path]
    start_response("200 OK", [TYPE])
    for title in titles:
        yield title.encode() + b"\n"


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    try:
        return chapters(environ.get("PATH_INFO", ""), start_response)
    except KeyError:
        start_response("404 Not Found", [TYPE])
        return [b"There is no such book.\n"]


if __name__ == "__main__":
    with Server(app) as server:
        for path in ("/emma", "/nothing"):
            print(f"\n# {path}")
            say("client reads", server.answer(request(path)))
        print(f"in the log     {server.complaint()}")
