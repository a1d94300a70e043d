from wsgiref.simple_server import make_server


def app(environ, start_response):
    name = environ["PATH_INFO"].lstrip("/")
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [f"hello, {name}".encode() if name else b"Hello, World!"]


print("Serving on port 8000...")
with make_server("", 8000, app) as httpd:
    httpd.serve_forever()
