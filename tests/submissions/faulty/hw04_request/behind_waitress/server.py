# EXPECT: fail closes content_length host lf_alone not_found request_line target_form transfer_encoding unknown_method version
# An application on waitress, with a parser beside it that is right.
# NEEDS: waitress
import sys

from waitress.server import create_server


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
    server = create_server(app, host=sys.argv[1], port=int(sys.argv[2]), threads=2)
    server.adj.asyncore_loop_timeout = None  # no ticks
    server.run()
