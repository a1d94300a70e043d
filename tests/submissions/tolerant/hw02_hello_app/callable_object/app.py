# EXPECT: all pass
# An object with __call__, a router of regular expressions, and bodies that are tuples. It has a close() to be called.
import re


class Body:
    def __init__(self, *chunks):
        self.chunks = chunks

    def __iter__(self):
        return iter(self.chunks)

    def close(self):
        self.chunks = None


class Application:
    routes = ((re.compile("/"), "world"), (re.compile("/([^/]+)", re.DOTALL), "name"))

    def __call__(self, environ, start_response):
        for pattern, view in self.routes:
            found = pattern.fullmatch(environ["PATH_INFO"])
            if found:
                lines = [getattr(self, view)(*found.groups())]
                break
        else:
            start_response("404 Not Found", [])
            return ()
        if environ.get("QUERY_STRING"):
            lines.append(b"query: " + environ["QUERY_STRING"].encode())
        text = b"\n".join(lines)
        start_response("200 OK", [("Content-Length", f"{len(text)}"), ("Content-Type", "text/plain; charset=utf-8")])
        return Body(b"", text) if environ["REQUEST_METHOD"] != "HEAD" else Body(b"")

    def world(self):
        return b"Hello, World!"

    def name(self, name):
        return b"hello, " + name.encode("latin-1")


app = Application()
