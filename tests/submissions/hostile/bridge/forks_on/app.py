# EXPECT: graded 7
# Attacks the order of the frames: each call leaves a second process, which answers on the same connection.
import os


def app(environ, start_response):
    os.fork()
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Hello, World!"]
