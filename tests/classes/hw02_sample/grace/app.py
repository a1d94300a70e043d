def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/":
        body = b"Hello, World!"
    elif path.count("/") == 1:
        body = b"hello, " + path[1:].encode("latin-1")
    else:
        start_response(b"404 Not Found", [(b"Content-Type", b"text/plain")])
        return [b"Not Found"]
    if environ.get("QUERY_STRING"):
        body += b"\nquery: " + environ["QUERY_STRING"].encode("ascii")
    start_response(b"200 OK", [(b"Content-Type", b"text/plain; charset=utf-8")])
    return [body]
