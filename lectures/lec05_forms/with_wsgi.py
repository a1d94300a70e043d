"""The same greeting as a WSGI application: two servers run it, and neither knows anything of the other."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

from cgi_hello import greeting
from stage import request


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    form = parse_qs(environ["QUERY_STRING"])
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [greeting(form["name"][0])]


AS_CGI = "from wsgiref.handlers import CGIHandler; import with_wsgi; CGIHandler().run(with_wsgi.application)"


def by_cgi(query: str) -> bytes:
    """The response of a CGI program of one line, which runs the application."""
    variables = {
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    folder = Path(__file__).parent
    command = [sys.executable, "-c", AS_CGI]
    return subprocess.run(
        command, cwd=folder, env=os.environ | variables, stdout=subprocess.PIPE, check=True
    ).stdout


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Write no log."""


def by_wsgiref(query: str) -> bytes:
    """The response of wsgiref's server, in this process."""
    with (
        make_server("127.0.0.1", 0, application, handler_class=Quiet) as server,
        socket.create_connection(server.server_address) as client,
    ):
        client.sendall(request("GET", f"/?{query}"))
        server.handle_request()
        return b"".join(iter(lambda: client.recv(4096), b""))


if __name__ == "__main__":
    for server in (by_cgi, by_wsgiref):
        print(f"{server.__name__:10}", server("name=Ada").rpartition(b"\r\n\r\n")[2])
