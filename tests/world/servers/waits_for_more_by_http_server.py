"""Reads a message body that nobody has announced."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.rfile.read(10)


HTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
