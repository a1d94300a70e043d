# EXPECT: graded 7
# Attacks whoever waits for close(): the answer is right, and its close() does not return.
import threading


class Body(list):
    def close(self):
        threading.Event().wait()


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return Body([b"Hello, World!"])
