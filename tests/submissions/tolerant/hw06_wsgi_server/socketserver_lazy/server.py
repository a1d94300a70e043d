# EXPECT: all pass
# socketserver with a thread for each client; the message body is read from the socket only when it is asked for.
import io
import socketserver
import sys
import traceback
from importlib import import_module
from urllib.parse import unquote_to_bytes


class Body(io.RawIOBase):
    def __init__(self, file, left):
        self.file, self.left = file, left

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self.file.read1(min(len(buffer), self.left))
        self.left -= len(data)
        buffer[: len(data)] = data
        return len(data)


class Lost(Exception):
    pass


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        line = self.rfile.readline(8192).decode("latin-1")
        if not line:
            return
        method, target, version = line.split()
        path, _, query = target.partition("?")
        env = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "SERVER_NAME": self.server.server_address[0],
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": version,
            "REMOTE_ADDR": self.client_address[0],
            "REMOTE_PORT": self.client_address[1],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "server.extra": object(),
        }
        if query:
            env["QUERY_STRING"] = query
        while (line := self.rfile.readline(8192).decode("latin-1").rstrip("\r\n")) != "":
            name, _, value = line.partition(":")
            key = name.replace("-", "_").upper()
            if "_" in name:
                continue
            if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                key = "HTTP_" + key
            env[key] = ",".join([env[key], value.strip()] if key in env else [value.strip()])
        raw = Body(self.rfile, int(env.get("CONTENT_LENGTH", 0)))
        env["wsgi.input"] = io.BufferedReader(raw)
        try:
            self.respond(env)
        except Lost:
            return
        while raw.left and raw.readinto(bytearray(65536)):
            pass
        self.request.shutdown(1)
        while self.rfile.read1(65536):
            pass

    def transmit(self, data):
        try:
            self.wfile.write(data)
        except OSError as error:
            raise Lost from error

    def respond(self, env):
        told, out = [], []

        def write(data):
            if not told:
                raise AssertionError("write() before start_response()")
            if data:
                head(None)
                if limit[0] is not None:
                    data, limit[0] = data[: limit[0]], limit[0] - len(data[: limit[0]])
                self.transmit(data)

        limit = [None]

        def head(length):
            if out:
                return
            status, headers = told[0]
            fields = dict((name.lower(), value) for name, value in headers)
            if "content-length" in fields:
                limit[0] = int(fields["content-length"])
            elif length is not None and status[:3] not in ("204", "304"):
                headers = [*headers, ("Content-Length", str(length))]
            text = f"HTTP/1.0 {status}\r\nDate: Sat, 21 Nov 2026 01:00:00 GMT\r\nServer: lazy\r\n"
            for name, value in headers:
                text += name + ": " + value + "\r\n"
            data = (text + "\r\n").encode("latin-1")
            out.append(True)
            self.transmit(data)

        def start_response(status, headers, exc_info=None):
            assert not told, "start_response() was called before"
            assert isinstance(status, str) and status[:3].isdigit()
            assert all(isinstance(part, str) for pair in headers for part in pair)
            assert not any(bad in part for pair in headers for part in pair for bad in "\r\n")
            told.append((status, list(headers)))
            return write

        result = None
        try:
            try:
                result = self.server.app(env, start_response)
                single = isinstance(result, (list, tuple)) and len(result) == 1
                for data in result:
                    if single and told:
                        head(len(data))
                    write(data)
                write(b"")
                head(0)
            finally:
                if hasattr(result, "close"):
                    result.close()
        except Lost:
            raise
        except Exception:
            traceback.print_exc()
            if not out:
                self.transmit(b"HTTP/1.0 500 Error\r\nContent-Type: text/plain\r\n\r\nsorry\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, host, port, app):
        super().__init__((host, port), Handler, bind_and_activate=False)
        self.app = app

    def serve_forever(self):
        self.server_bind()
        self.server_activate()
        super().serve_forever()


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
