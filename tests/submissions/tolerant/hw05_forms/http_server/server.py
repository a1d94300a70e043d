# EXPECT: all pass
# http.server reads the requests and writes the responses; pages are trees of ElementTree.
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from forms import FormError, read_form
from pages import respond


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        length = self.headers.get("Content-Length")
        if length is None and self.command == "POST":
            return self.send_error(411)
        if int(length or 0) > 1.5 * (1 << 20):
            return self.send_error(413)
        body = self.rfile.read(int(length or 0))
        if len(body) < int(length or 0):
            return self.send_error(400)
        path, _, query = self.path.partition("?")
        try:
            form = read_form(self.command, query, self.headers.get("Content-Type", ""), body)
        except FormError as error:
            return self.send_error(400, explain=str(error))
        status, fields, body = respond(self.command, path, form)
        code, _, phrase = status.partition(" ")
        self.send_response(int(code), phrase)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_DELETE = do_GET

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass


if __name__ == "__main__":
    ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
