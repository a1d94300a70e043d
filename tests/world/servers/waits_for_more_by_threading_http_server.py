"""Reads a message body that nobody has announced, while another thread waits for clients."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.rfile.read(10)


ThreadingHTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
