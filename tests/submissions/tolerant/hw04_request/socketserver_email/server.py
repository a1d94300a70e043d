# EXPECT: all pass
# socketserver with threads, files made of sockets; the fields are parsed by http.client, behind a look at their lines.
import socket
import socketserver
import sys
from http import HTTPMethod, HTTPStatus
from urllib.parse import unquote

from request import BadRequest, RequestParser


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self.talk()
        except OSError:
            pass

    def talk(self):
        parser = RequestParser()
        try:
            while (request := parser.feed(self.rfile.read1(4096))) is None:
                if not self.rfile.peek(1):
                    return
            self.answer(*self.choose(request))
        except BadRequest as refused:
            self.answer(refused.status, refused.reason)
        self.connection.shutdown(socket.SHUT_WR)
        while self.rfile.read1(65536):
            pass

    def choose(self, request):
        if request.method not in HTTPMethod.__members__:
            return 501, "never heard of it"
        if request.path == b"/" and request.method == "GET":
            return 200, "Hello, World!\n"
        if request.path.count(b"/") == 1 and request.path.startswith(b"/"):
            if request.method != "GET":
                return 405, "GET it"
            return 200, f"hello, {unquote(request.path[1:].decode('utf-8', 'replace').replace('%', '%25'))}\n"
        return 404, "no such page"

    def answer(self, status, text):
        body = text.encode("utf-8")
        self.wfile.write(b"HTTP/1.0 %d %s\r\n" % (status, HTTPStatus(status).phrase.encode()))
        if status == 405:
            self.wfile.write(b"Allow: GET\r\n")
        self.wfile.write(b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body))
        self.wfile.write(body)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 20


if __name__ == "__main__":
    Server((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
