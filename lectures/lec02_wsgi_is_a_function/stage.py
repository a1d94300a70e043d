"""The stage of this lecture's demos: wsgiref's server on a real socket, and a client that shows the bytes."""

import socket
import sys
import warnings
from collections.abc import Callable
from io import BufferedIOBase, StringIO
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

sys.path.append(str(Path(__file__).resolve().parent.parent))
# WebOb, on which WebTest stands, imports a module of Python that is on its way out.
warnings.filterwarnings("ignore", "'cgi' is deprecated", DeprecationWarning)

from speaking import heading, shown, tell  # noqa: E402

__all__ = ["Fields", "Server", "heading", "request", "say", "status_line", "tell"]

Fields = list[tuple[str, str]]
CHANGES = (b"Date: ", b"Server: ")  # the server's field-lines that differ from run to run


class Aloud:
    """A file that prints what is written to it, without the field-lines in CHANGES."""

    def __init__(self, plain: BufferedIOBase) -> None:
        self.plain = plain

    def write(self, data: bytes) -> int:
        if not data.startswith(CHANGES):
            tell("server", f"sendall({shown(data)})")
        return self.plain.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.plain, name)


class Handler(WSGIRequestHandler):
    """Serves one request as wsgiref does, and writes its log where a demo can read it."""

    server: "Server"

    def setup(self) -> None:
        super().setup()
        if self.server.aloud:
            self.wfile = Aloud(self.wfile)

    def get_stderr(self) -> StringIO:
        return self.server.log

    def log_message(self, *_: object) -> None:
        pass


class Server(WSGIServer):
    """wsgiref's server for `app`, on a free port of the loopback interface. `aloud`: it prints what it sends."""

    def __init__(self, app: Callable[..., Any], aloud: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.set_app(app)
        self.log = StringIO()
        self.aloud = aloud

    def server_bind(self) -> None:
        """Bind, and do not look up the machine's name, which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]
        self.setup_environ()

    def answer(self, sent: bytes) -> bytes:
        """Serve one client, that sends this; all that it receives, without the field-lines in CHANGES."""
        with socket.create_connection(self.server_address[:2]) as client:
            client.sendall(sent)
            self.handle_request()
            with client.makefile("rb") as received:
                return b"".join(line for line in received if not line.startswith(CHANGES))

    def complaint(self) -> str:
        """The last line of the log, and the log is empty again."""
        lines = self.log.getvalue().splitlines() or [""]
        self.log.truncate(self.log.seek(0))
        return lines[-1]


def request(target: str, method: str = "GET", *field_lines: str) -> bytes:
    """A request for `target`, as a browser may send it, without a message body."""
    head = (f"{method} {target} HTTP/1.1", "Host: example.org", *field_lines, "", "")
    return "\r\n".join(head).encode("ascii")


def status_line(response: bytes) -> bytes:
    """The first line of a response, with CRLF."""
    return response.partition(b"\n")[0] + b"\n"


def say(who: str, message: bytes) -> None:
    """Print who sends this, and a line of it in each line."""
    for line in message.splitlines(keepends=True):
        print(f"{who:14} {line!r}")
        who = ""
