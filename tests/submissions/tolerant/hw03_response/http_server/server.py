# EXPECT: all pass
# http.server from the library, which answers in HTTP/1.0; the body of the request is read before the answer.
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

PAGE = b"<p>" + "Grüß Gott, 世界!".encode() + b"</p>"


class Handler(BaseHTTPRequestHandler):
    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.answer
        raise AttributeError(name)

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=UTF-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)


if __name__ == "__main__":
    HTTPServer((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
