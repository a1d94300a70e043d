# EXPECT: fail absolute_form content_length cut_short empty_line_first field_line host not_found request_line space_before_colon target_form transfer_encoding two_lengths version
# An application on wsgiref, with a parser beside it that is right.
import sys
from wsgiref.simple_server import make_server


KNOWN = ("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH")


def app(environ, start_response):
    status, fields, text = answer(environ["REQUEST_METHOD"], environ["PATH_INFO"].encode("latin-1"))
    body = text.encode()
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body))), *fields])
    return [body]


def answer(method, path):
    if method not in KNOWN:
        return "501 Not Implemented", [], "no such method"
    if not path.startswith(b"/") or b"/" in path[1:]:
        return "404 Not Found", [], "not here"
    if method != "GET":
        return "405 Method Not Allowed", [("Allow", "GET")], "GET only"
    name = path[1:].decode("utf-8", "replace")
    return "200 OK", [], f"hello, {name}" if name else "Hello, World!"


if __name__ == "__main__":
    make_server(sys.argv[1], int(sys.argv[2]), app).serve_forever(poll_interval=None)
