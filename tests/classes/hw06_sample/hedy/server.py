import io
import re
import sys
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from urllib.parse import unquote_to_bytes


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length") or 0)
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
            "wsgi.input": io.BytesIO(self.rfile.read(length)),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name in self.headers:
            if not re.search("_|^content-(type|length)$", name.lower()):
                environ["HTTP_" + name.upper().replace("-", "_")] = ", ".join(self.headers.get_all(name))
        body = None
        try:
            body = self.server.app(environ, self.start_response)
            for chunk in body:
                self.wfile.write(chunk)
        except ConnectionError:
            pass
        except Exception:
            traceback.print_exc()
            self.send_error(500)
        finally:
            if hasattr(body, "close"):
                body.close()

    do_POST = do_DELETE = do_GET

    def start_response(self, status, fields, exc_info=None):
        code, phrase = status.split(" ", 1)
        self.send_response(int(code), phrase)
        for name, value in fields:
            self.send_header(name, value)
        self.end_headers()


class Server(HTTPServer):
    def __init__(self, host, port, app):
        super().__init__((host, port), Handler)
        self.app = app


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
