# EXPECT: graded 7
# Attacks the judge's memory: one chunk of 128 MiB, and as much in an exception.
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    yield bytes(128 << 20)
    raise ValueError("x" * (64 << 20))
