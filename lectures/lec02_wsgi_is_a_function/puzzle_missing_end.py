"""Puzzle: the first visitor reads the whole page, and all who come later miss the end of it."""

import socket
from http.client import HTTPResponse
from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, request

PLAIN_TEXT = [("Content-Type", "text/plain; charset=utf-8")]


def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("200 OK", PLAIN_TEXT)
    return [b"You are at %s\n" % environ.get("PATH_INFO", "").encode("latin-1")]


def visit(server: Server, target: str) -> bytes:
    """The body as a client reads it."""
    with socket.create_connection(server.server_address[:2]) as client:
        client.sendall(request(target))
        server.handle_request()
        with HTTPResponse(client) as response:
            response.begin()
            return response.read()


if __name__ == "__main__":
    with Server(app) as server:
        for target in ("/tea", "/coffee", "/hot-chocolate"):
            print(f"{target:16} {visit(server, target)!r}")
