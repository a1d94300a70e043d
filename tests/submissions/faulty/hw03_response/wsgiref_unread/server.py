# EXPECT: fail no_reset
# wsgiref serves an application that leaves its input unread, and closes.
import sys
from wsgiref.simple_server import make_server


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return ["<h1>Grüß Gott, 世界!</h1>".encode()]


if __name__ == "__main__":
    make_server(sys.argv[1], int(sys.argv[2]), app).serve_forever()
