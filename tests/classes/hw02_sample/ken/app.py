lines = []


def app(environ, start_response):
    status = "200 OK"
    parts = environ["PATH_INFO"].split("/")
    name = parts[1].encode("latin-1").decode("utf-8", "replace")
    lines.clear()
    if len(parts) > 2:
        status = "404 Not Found"
        lines.append("not found")
    elif name:
        lines.append("hello, " + name)
    else:
        lines.append("Hello, World!")
    if environ["QUERY_STRING"]:
        lines.append("query: " + environ["QUERY_STRING"])
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")])
    yield "\n".join(lines).encode()
