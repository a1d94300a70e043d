from concurrent.futures import ThreadPoolExecutor


def greet(path, query):
    name = path[1:].encode("latin-1").decode("utf-8", "replace")
    lines = ["Hello, World!" if not name else f"hello, {name}", f"query: {query}"]
    return "\n".join(lines[: 1 + bool(query)]).encode()


def app(environ, start_response):
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if path[:1] != "/" or "/" in path[1:]:
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"not here\n"] * (environ["REQUEST_METHOD"] == "GET")
    with ThreadPoolExecutor(1) as pool:
        body = pool.submit(greet, path, query).result()
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [body] if environ["REQUEST_METHOD"] != "HEAD" else []
