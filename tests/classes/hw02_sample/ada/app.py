def greeting(name):
    yield (f"hello, {name}" if name else "Hello, World!").encode("utf-8")


def app(environ, start_response):
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", errors="replace")
    query = environ.get("QUERY_STRING", "")
    head = environ["REQUEST_METHOD"] == "HEAD"

    if not path.startswith("/") or "/" in path[1:]:
        start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        if not head:
            yield b"I do not know that path.\n"
        return

    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    if head:
        return
    yield from greeting(path[1:])
    if query:
        yield b"\nquery: "
        yield query.encode("latin-1")
    yield b"\n"
