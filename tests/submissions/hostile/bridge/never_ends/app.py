# EXPECT: graded 7
# Attacks whoever reads a body to its end: there is none.
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    while True:
        yield b"Hello, World! " * 100
