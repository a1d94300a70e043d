# EXPECT: all pass
# wsgiref serves an application that reads its input and says the same to everybody.
import sys
from wsgiref.simple_server import make_server

PAGE = "<h1>Grüß Gott, 世界!</h1>"


def app(environ, start_response):
    left = int(environ.get("CONTENT_LENGTH") or 0)
    while left > 0 and (piece := environ["wsgi.input"].read(min(left, 65536))):
        left -= len(piece)
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [PAGE.encode("utf-8")]


if __name__ == "__main__":
    make_server(sys.argv[1], int(sys.argv[2]), app).serve_forever()
