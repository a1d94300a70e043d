"""Content-Length counts bytes: who counts characters, loses the end of the page."""

import socket
from http.client import HTTPResponse
from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, request

TEXT = "Ein Stück Käse\n"


class Page:
    """An application that sends TEXT, and says that it has this length."""

    def __init__(self, length: int) -> None:
        self.length = length

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        fields = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(self.length))]
        start_response("200 OK", fields)
        return [TEXT.encode("utf-8")]


def read(server: Server) -> bytes:
    """The body as Python's HTTP client reads it: so many bytes as Content-Length says."""
    with socket.create_connection(server.server_address[:2]) as client:
        client.sendall(request("/"))
        server.handle_request()
        with HTTPResponse(client) as response:
            response.begin()
            return response.read()


if __name__ == "__main__":
    for name, length in (("characters", len(TEXT)), ("bytes", len(TEXT.encode("utf-8")))):
        with Server(Page(length)) as server:
            print(f"{length} {name:12} {read(server)!r}")
