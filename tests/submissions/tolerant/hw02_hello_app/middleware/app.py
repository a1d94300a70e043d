# EXPECT: all pass
# Three functions around each other: one takes the body from HEAD, one finds pages that are missing, one greets.
import functools


def headless(application):
    @functools.wraps(application)
    def wrapped(environ, start_response):
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        getattr(body, "close", lambda: None)()
        return [b""]

    return wrapped


def finding(application):
    def wrapped(environ, start_response):
        if not environ["PATH_INFO"].startswith("/") or environ["PATH_INFO"].count("/") != 1:
            start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")])
            return []
        return application(environ, start_response)

    return wrapped


@headless
@finding
def app(environ, start_response):
    environ = dict(environ)
    name = bytes(map(ord, environ["PATH_INFO"][1:])).decode("utf-8", errors="replace")
    query = environ.setdefault("QUERY_STRING", "")
    text = "\n".join(["hello, " + name if name else "Hello, World!"] + ["query: " + query] * bool(query)) + "\n"
    print("answering", ascii(text))
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "%d" % len(text.encode()))])
    return map(str.encode, text.splitlines(keepends=True))
