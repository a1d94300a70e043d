"""Puzzle: the first visitor gets the page, and the second one's browser says that the answer is broken."""

# ruff: noqa: B006

from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Fields, Server, request, say

TYPE = ("Content-Type", "text/plain; charset=utf-8")


def page(start_response: StartResponse, text: str, fields: Fields = [TYPE]) -> list[bytes]:
    body = text.encode("utf-8")
    fields.append(("Content-Length", str(len(body))))
    start_response("200 OK", fields)
    return [body]


def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    return page(start_response, f"You are at {environ.get('PATH_INFO', '')}\n")


if __name__ == "__main__":
    with Server(app) as server:
        for visitor in ("ada", "bob"):
            say(f"{visitor} receives", server.answer(request(f"/{visitor}")))
