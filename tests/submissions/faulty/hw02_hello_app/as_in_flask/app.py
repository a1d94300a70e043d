# EXPECT: fail start_response
# It returns what a view of Flask may return: the text, the status and the fields.
def app(environ, start_response):
    name = environ["PATH_INFO"].lstrip("/")
    text = f"hello, {name}" if name else "Hello, World!"
    return text.encode(), b"200 OK", b"text/plain; charset=utf-8"
