"""hello application"""


def app(environ, start_response):
    path = environ.get("PATH_INFO", "/")
    query = environ.get("QUERY_STRING", "")
    if path == "/":
        text = "Hello, World!"
    elif "/" not in path[1:]:
        text = "hello, " + path[1:]
    else:
        start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [b"Not Found"]
    if query:
        text = text + "\n" + "query: " + query
    start_response(
        "200 OK",
        [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))],
    )
    if environ["REQUEST_METHOD"] == "HEAD":
        return []
    return [text.encode()]
