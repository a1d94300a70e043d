# EXPECT: fail query_as_it_came decoded_once
# It decodes what is decoded already, and tidies the query string.
from urllib.parse import parse_qsl, unquote_plus


def app(environ, start_response):
    path = unquote_plus(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"))
    if not path.startswith("/") or path.count("/") > 1:
        start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"404"] if environ["REQUEST_METHOD"] != "HEAD" else []
    lines = [f"hello, {path[1:]}" if path[1:] else "Hello, World!"]
    query = environ.get("QUERY_STRING", "")
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        lines.append("query: " + ("&".join(f"{name}={value}" if value else name for name, value in pairs) or query))
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return ["\n".join(lines).encode()] if environ["REQUEST_METHOD"] != "HEAD" else []
