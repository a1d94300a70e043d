# EXPECT: all pass
# wsgiref, with its five faults mended.
import io
import sys
from importlib import import_module
from wsgiref.handlers import SimpleHandler
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


class Mended(SimpleHandler):
    def start_response(self, status, headers, exc_info=None):
        for name, value in headers:
            if any(bad in str(value) for bad in "\r\n\0"):
                raise ValueError(name)
        return super().start_response(status, headers, exc_info)

    def _write(self, data):
        length = self.headers.get("Content-Length")
        if self.headers_sent and length is not None:
            already = self.bytes_sent - len(data)
            data = data[: max(0, int(length) - already)]
        super()._write(data)

    def write(self, data):
        if data:
            super().write(data)


class Handler(WSGIRequestHandler):
    def get_environ(self):
        environ = super().get_environ()
        environ["CONTENT_TYPE"] = self.headers.get("Content-Type", "")
        environ = {key: value for key, value in environ.items() if not key.startswith("HTTP_")}
        for name, value in self.headers.items():
            key = "HTTP_" + name.upper().replace("-", "_")
            if "_" not in name and key not in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"):
                environ[key] = f"{environ[key]}, {value}" if key in environ else value
        return environ

    def handle(self):
        self.raw_requestline = self.rfile.readline(65537)
        if not self.parse_request():
            return
        body = io.BytesIO(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
        handler = Mended(body, self.wfile, sys.stderr, self.get_environ(), multithread=False)
        handler.request_handler = self
        handler.run(self.server.get_app())


class Server(WSGIServer):
    def __init__(self, host, port, app):
        super().__init__((host, port), Handler, bind_and_activate=False)
        self.set_app(app)

    def serve_forever(self):
        self.server_bind()
        self.server_activate()
        super().serve_forever()


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
