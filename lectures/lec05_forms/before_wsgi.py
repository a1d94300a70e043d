"""One greeting before WSGI: as a CGI program, and written for the API of one server."""

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cgi_hello import greeting
from stage import exchange, request


def run_cgi(query: str) -> tuple[int, bytes]:
    """What a server does for each request to a CGI program: the process it starts, and what that printed."""
    variables = {
        "GATEWAY_INTERFACE": "CGI/1.1",
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
    }
    program = [sys.executable, Path(__file__).with_name("cgi_hello.py")]
    environment = os.environ | variables
    with subprocess.Popen(program, env=environment, stdout=subprocess.PIPE) as process:
        return process.pid, process.communicate()[0]


class Handler(BaseHTTPRequestHandler):
    """For Python's http.server: one method for each method of HTTP, and the request in attributes."""

    def do_GET(self) -> None:
        form = parse_qs(urlsplit(self.path).query)
        self.send_response_only(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(greeting(form["name"][0]))


if __name__ == "__main__":
    print("# CGI")
    (ada, first), (bob, second) = run_cgi("name=Ada"), run_cgi("name=Bob")
    print(first, second, sep="\n")
    print("in two processes" if ada != bob else "in one process")
    print("\n# http.server")
    print(exchange(request("GET", "/?name=Ada"), lambda connection: Handler(connection, ("", 0), None)))
