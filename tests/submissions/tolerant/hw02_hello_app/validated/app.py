# EXPECT: all pass
# Between it and the server stands wsgiref.validate, which looks at both of them.
from wsgiref.headers import Headers
from wsgiref.validate import validator


def hello(environ, start_response):
    fields = Headers([])
    fields.add_header("Content-Type", "text/plain", charset="utf-8")
    match environ["PATH_INFO"].encode("latin-1").split(b"/"):
        case [b"", b""]:
            lines = [b"Hello, World!"]
        case [b"", name]:
            lines = [b"hello, " + name.decode("utf-8", "ignore").encode()]
        case _:
            start_response("404 Gone for a walk", [("Content-Type", "text/html")])
            return iter(())
    if query := environ.get("QUERY_STRING"):
        lines += [f"query: {query}".encode()]
    body = b"\n".join(lines)
    fields["Content-Length"] = str(len(body))
    start_response("200 OK", fields.items())
    return iter([body] * (environ["REQUEST_METHOD"] == "GET"))


app = validator(hello)
