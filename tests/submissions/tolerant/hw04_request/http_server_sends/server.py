# EXPECT: all pass
# http.server's handler writes the answers; requests are read by a strict parser of our own.
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from request import BadRequest, RequestParser


class Handler(BaseHTTPRequestHandler):
    server_version = "Homework/4"
    sys_version = ""

    def handle(self):
        try:
            self.command, self.request_version, self.requestline = "", "HTTP/1.1", ""
            parser = RequestParser()
            while True:
                data = self.connection.recv(512)
                if not data:
                    return
                request = parser.feed(data)
                if request is not None:
                    break
            self.command, self.path = request.method, request.path
            known = {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"}
            if self.command not in known:
                self.send_error(501)
            elif self.path.count(b"/") != 1 or self.path[:1] != b"/":
                self.send_error(404)
            elif self.command != "GET":
                self.reply(405, "", ("Allow", "GET"))
            elif self.path == b"/":
                self.reply(200, "Hello, World!")
            else:
                self.reply(200, "hello, " + self.path[1:].decode("utf-8", "ignore"))
        except BadRequest as bad:
            self.send_error(bad.status)
        except ConnectionError:
            return
        self.finish_well()

    def reply(self, status, text, *fields):
        body = text.encode("utf-8")
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def finish_well(self):
        try:
            self.connection.shutdown(1)
            while self.connection.recv(65536):
                pass
        except OSError:
            pass


if __name__ == "__main__":
    with ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler) as httpd:
        httpd.daemon_threads = True
        httpd.serve_forever()
