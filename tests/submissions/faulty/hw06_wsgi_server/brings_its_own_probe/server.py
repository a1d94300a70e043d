# EXPECT: fail path_info
# A probe.py of its own lies beside it, and says that all is well; but the one that is asked is the grader's.
import io
import socket
import sys
from importlib import import_module


class Server:
    def __init__(self, host, port, app):
        self.host, self.port, self.app = host, port, app

    def serve_forever(self):
        with socket.create_server((self.host, self.port)) as listener:
            while True:
                with listener.accept()[0] as connection:
                    self.answer(connection)

    def answer(self, connection):
        head = connection.recv(65536).decode("latin-1")
        environ = {"SCRIPT_NAME": "wrong", "PATH_INFO": head.split()[1], "wsgi.input": io.BytesIO()}
        told = []
        body = b"".join(self.app(environ, lambda *arguments: told.append(arguments)))
        status, fields = told[0]
        lines = [f"HTTP/1.1 {status}", *map(": ".join, fields), "Connection: close", "", ""]
        connection.sendall("\r\n".join(lines).encode() + body)


if __name__ == "__main__":
    module, name = sys.argv[3].split(":")
    Server(sys.argv[1], int(sys.argv[2]), getattr(import_module(module), name)).serve_forever()
