# EXPECT: all pass
# A generator: start_response is called when the first chunk is asked for, and each character is a chunk.
def app(environ, start_response):
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING")
    try:
        name = path[1:].encode("latin-1").decode()
    except UnicodeDecodeError:
        start_response("400 Bad Request", [("Content-Type", "text/plain")])
        yield b"That is no UTF-8."
        return
    if "/" in name or not path:
        start_response("404 Nowhere", [("CONTENT-TYPE", 'Text/Plain; Charset="UTF-8"')])
        yield b""
        return
    start_response("200 Fine", [("content-type", "text/plain;charset=UTF-8")])
    if environ["REQUEST_METHOD"] == "HEAD":
        return
    yield b"hello, " if name else b"Hello, "
    for letter in name or "World!":
        yield letter.encode()
    if query:
        yield b"\nquery: " + query.encode("latin-1") + b"\n"
