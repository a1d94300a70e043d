# EXPECT: graded 100
# Attacks what the worker is made of: every function of traceback and time is replaced. It serves well otherwise.
import time
import traceback

for module in (time, traceback):
    for name in dir(module):
        if not name.startswith("_"):
            setattr(module, name, lambda *_, **__: "PASSED")


def app(environ, start_response):
    raw = environ["PATH_INFO"].encode("latin-1")
    found = raw[:1] == b"/" and b"/" not in raw[1:]
    start_response("200 OK" if found else "404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
    if environ["REQUEST_METHOD"] == "HEAD":
        return []
    body = b"hello, " + raw[1:] if raw[1:] else b"Hello, World!"
    if environ.get("QUERY_STRING"):
        body += b"\nquery: " + environ["QUERY_STRING"].encode("latin-1")
    return [body]
