# EXPECT: fail hello
# The answer is a page, and the handout asks for a line of text.
PAGE = "<!doctype html><title>Hello</title><p>{}</p>"


def app(environ, start_response):
    name = environ["PATH_INFO"].strip("/")
    text = PAGE.format(f"hello, {name}" if name else "Hello, World!").encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(text)))])
    return [text]
