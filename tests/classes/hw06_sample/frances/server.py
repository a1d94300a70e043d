import socket
import sys
import traceback
from importlib import import_module
from urllib.parse import unquote


class Server:
    def __init__(self, host, port, app):
        self.address, self.app = (host, port), app

    def serve_forever(self):
        with socket.create_server(self.address) as listener:
            while True:
                connection, (client, _) = listener.accept()
                with connection:
                    try:
                        with connection.makefile("rb") as file:
                            self.serve(connection, file, client)
                    except OSError:
                        pass

    def serve(self, connection, file, client):
        method, target, version = file.readline().decode("latin-1").split()
        path, _, query = target.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(path, "latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.address[0],
            "SERVER_PORT": str(self.address[1]),
            "SERVER_PROTOCOL": version,
            "REMOTE_ADDR": client,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": file,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for line in iter(file.readline, b"\r\n"):
            name, value = line.decode("latin-1").strip().split(": ", 1)
            key = name.upper().replace("-", "_")
            if "_" not in name:
                key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
                environ[key] = f"{environ[key]}, {value}" if key in environ else value
        self.respond(connection, environ)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass

    def respond(self, connection, environ):
        told = []
        sent = []

        def start_response(status, fields, exc_info=None):
            if told:
                raise AssertionError("already called")
            if not all(type(text) is str and "\n" not in text for pair in fields for text in pair):
                raise TypeError("fields")
            told[:] = [f"HTTP/1.1 {status + ''}", fields]

        def send(chunk, length=None):
            status, fields = told
            stated = [int(value) for name, value in fields if name.lower() == "content-length"]
            if not sent:
                lines = [status, *map(": ".join, fields), "Connection: close"]
                if length is not None and not stated and " 204 " not in status:
                    lines.append(f"Content-Length: {length}")
                connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
                sent.append(0)
            if stated:
                chunk = chunk[: stated[0] - sum(sent)]
            sent.append(len(chunk))
            connection.sendall(chunk)

        result = None
        try:
            result = self.app(environ, start_response)
            for chunk in result:
                if chunk:
                    send(chunk, len(chunk) if type(result) is list and len(result) == 1 else None)
            if not sent:
                send(b"", 0)
        except ConnectionError:
            raise
        except Exception:
            traceback.print_exc()
            if not sent:
                told[:] = ["HTTP/1.1 500 Internal Server Error", []]
                send(b"Sorry.\n", 7)
        finally:
            if hasattr(result, "close"):
                result.close()


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
