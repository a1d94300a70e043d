"""Answers with the server of the standard library, which wakes up twice a second."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")


HTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
