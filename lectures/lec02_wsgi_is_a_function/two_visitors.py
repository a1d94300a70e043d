"""A server may call the application again before the first call is done: what both calls share, they change."""

import socket
from socketserver import ThreadingMixIn
from threading import Event
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from stage import Server, request

ada_is_at_it, bob_is_served = Event(), Event()
latest: dict[str, str] = {}


class ThreadingServer(ThreadingMixIn, Server):
    """Serves each client in a thread of its own."""


def work(path: str) -> None:
    """Some work, such as a question to a database: Ada's takes until Bob has been served."""
    if path == "/ada":
        ada_is_at_it.set()
        bob_is_served.wait()


def forgetful(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    latest["path"] = environ.get("PATH_INFO", "")
    work(latest["path"])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"This is the page of %s\n" % latest["path"].encode("latin-1")]


def careful(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    path = environ.get("PATH_INFO", "")
    work(path)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"This is the page of %s\n" % path.encode("latin-1")]


def visits(app: WSGIApplication) -> None:
    """Ada asks; while her request is at work, Bob asks and is served."""
    print(f"\n# {app.__name__}")
    with ThreadingServer(app) as server, socket.create_connection(server.server_address[:2]) as ada:
        ada.sendall(request("/ada"))
        server.handle_request()
        ada_is_at_it.wait()
        print("bob asks for /bob and reads", server.answer(request("/bob")).splitlines()[-1])
        bob_is_served.set()
        with ada.makefile("rb") as received:
            print("ada asks for /ada and reads", received.read().splitlines()[-1])


if __name__ == "__main__":
    for app in (forgetful, careful):
        visits(app)
        ada_is_at_it.clear()
        bob_is_served.clear()
