# EXPECT: all pass
# It uses write(), which PEP 3333 keeps for old applications, and returns an empty list.
from urllib.parse import quote_from_bytes, unquote_to_bytes


def app(environ, start_response):
    raw = unquote_to_bytes(quote_from_bytes(environ["PATH_INFO"].encode("iso-8859-1")))
    first, *parts = raw.split(b"/")
    if first or len(parts) != 1:
        write = start_response("404 Not Found", [("Content-Type", "text/plain")])
        answer = b"?"
    else:
        answer = b"hello, " + parts[0] if parts[0] else b"Hello, World!"
        if "QUERY_STRING" in environ and environ["QUERY_STRING"]:
            answer += b"\nquery: " + environ["QUERY_STRING"].encode("iso-8859-1")
        write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8"), ("X-Answer", "yes")])
    if environ["REQUEST_METHOD"] == "GET":
        for start in range(0, len(answer), 4):
            write(answer[start : start + 4])
    return []
