# EXPECT: graded 7
# Attacks the worker's descriptors: all of them are closed, its listener and its connection among them.
import os


def app(environ, start_response):
    os.closerange(0, 256)
    start_response("200 OK", [])
    return [b"Hello, World!"]
