# EXPECT: fail not_allowed length_required too_large final_boundary leaves_in_the_body
# http.server does most of it; what it does not do by itself (501 for PUT, no 411, no 413, no 400) is missing.
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from forms import read_form
from pages import respond


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, _, query = self.path.partition("?")
        self.answer(path, read_form("GET", query, "", b""))

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(self.path, read_form("POST", "", self.headers.get("Content-Type", ""), body))

    def answer(self, path, form):
        status, fields, body = respond(self.command, path, form)
        self.send_response(int(status.split()[0]))
        for name, value in fields:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    HTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
