# EXPECT: all pass
# A class is callable: each call makes an instance, which is the body, as in an example of PEP 3333.
class app:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start = start_response

    def __iter__(self):
        path = self.environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "backslashreplace")
        name = path.removeprefix("/")
        found = path.startswith("/") and "/" not in name
        status = "200 OK" if found else "404 Not Found"
        fields = [("Date", "Tue, 15 Nov 1994 08:12:31 GMT"), ("Content-Type", "text/plain; charset=utf-8")]
        self.start(status, fields, None)
        if self.environ["REQUEST_METHOD"] != "HEAD":
            yield (f"hello, {name}" if name else "Hello, World!").encode()
            if self.environ.get("QUERY_STRING", ""):
                yield f"\nquery: {self.environ['QUERY_STRING']}".encode()
