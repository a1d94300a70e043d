# EXPECT: all pass
# http.server reads the requests, one thread for each connection; the length is told, or the connection ends the body.
import io
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from urllib.parse import unquote_to_bytes


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    app = None

    def environ(self):
        path, _, query = self.path.partition("?")
        environ = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": self.headers.get("Content-Length", ""),
            "SERVER_NAME": self.server.server_name,
            "SERVER_PORT": str(self.server.server_port),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.rfile.read(int(self.headers.get("Content-Length", 0)))),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name in {name.lower() for name in self.headers} - {"content-type", "content-length"}:
            if "_" not in name:
                environ["HTTP_" + name.upper().replace("-", "_")] = ", ".join(self.headers.get_all(name))
        return environ

    def handle_one(self):
        self.started, self.sent, self.left = None, False, None
        body = ()
        try:
            body = self.app(self.environ(), self.start_response)
            if isinstance(body, (list, tuple)):
                self.left = sum(map(len, body))
            for chunk in body:
                if chunk:
                    self.write(chunk)
            self.write(b"")
        except (BrokenPipeError, ConnectionResetError):
            if not self.gone:
                raise
        except Exception:
            traceback.print_exc()
            if not self.sent:
                self.started = None
                self.left = 0
                self.start_response("500 Internal Server Error", [("Content-Length", "0")])
                self.write(b"")
            self.close_connection = True
        finally:
            if hasattr(body, "close"):
                body.close()

    def start_response(self, status, headers, exc_info=None):
        assert self.started is None
        assert type(status) is str
        code, _, reason = status.partition(" ")
        for name, value in headers:
            assert type(name) is str and type(value) is str
            assert "\n" not in value and "\r" not in value
        self.started = int(code), reason, headers
        return self.write

    def write(self, chunk):
        code, reason, headers = self.started
        if not self.sent:
            stated = [int(value) for name, value in headers if name.lower() == "content-length"]
            self.send_response(code, reason)
            for name, value in headers:
                self.send_header(name, value)
            if stated:
                self.left = stated[0]
            elif self.left is not None and code != 204:
                self.send_header("Content-Length", str(self.left))
            if self.left is None:
                self.close_connection = True
                self.send_header("Connection", "close")
            self.end_headers()
            self.sent = True
        if self.left is not None:
            chunk = chunk[: self.left]
            self.left -= len(chunk)
        try:
            self.wfile.write(chunk)
        except OSError:
            self.gone = True
            self.close_connection = True
            raise

    gone = False
    do_GET = do_POST = do_DELETE = do_PUT = handle_one


class Server(ThreadingHTTPServer):
    def __init__(self, host, port, app):
        super().__init__((host, port), type("Handler", (Handler,), {"app": staticmethod(app)}), False)

    def serve_forever(self):
        self.server_bind()
        self.server_activate()
        super().serve_forever()


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
