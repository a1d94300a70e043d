# EXPECT: all pass
# The head decides: 404, 405 and 501 are answered before the body has come; what comes of it is drained.
import socket
import sys

import request


class Server:
    """One client at a time."""

    def __init__(self, host, port):
        self.socket = socket.create_server((host, port), reuse_port=False)

    def run(self):
        while True:
            conn, peer = self.socket.accept()
            with conn:
                try:
                    self.serve_one(conn)
                except (ConnectionError, BrokenPipeError) as e:
                    print(peer, e, file=sys.stderr)

    def serve_one(self, conn):
        parser = request.RequestParser()
        status, body, extra = None, b"", b""
        while status is None:
            data = conn.recv(2048)
            if not data:
                return
            try:
                got = parser.feed(data) or parser.head
            except request.BadRequest as problem:
                status, body = b"%d X" % problem.status, problem.reason.encode()
                break
            if got:
                status, body, extra = self.choose(got)
        conn.sendall(b"HTTP/1.1 " + status + b"\r\n" + extra + b"Connection: Close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        conn.shutdown(socket.SHUT_WR)
        while len(conn.recv(999)) > 0:
            continue

    def choose(self, got):
        if got.method not in ("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"):
            return b"501 Not Implemented", b"", b""
        if not got.path.startswith(b"/") or b"/" in got.path[1:]:
            return b"404 Not Found", b"", b""
        if got.method != "GET":
            return b"405 Method Not Allowed", b"", b"Allow: GET\r\n"
        text = b"hello, " + got.path[1:] if got.path != b"/" else b"Hello, World!"
        return b"200 OK", text + b"\n", b"Content-Type: text/plain; charset=utf-8\r\n"


if __name__ == "__main__":
    Server(sys.argv[1], int(sys.argv[2])).run()
