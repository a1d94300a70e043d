# EXPECT: all pass
# wsgiref carries the bytes, Werkzeug's decoder reads multipart bodies, and ElementTree writes the pages.
# NEEDS: werkzeug markupsafe
import sys

from wsgiref.simple_server import make_server

from forms import FormError, read_form
from pages import respond


def answer(environ):
    method = environ["REQUEST_METHOD"]
    if method == "POST" and not environ.get("CONTENT_LENGTH"):
        return "411 Length Required", [], b""
    if int(environ.get("CONTENT_LENGTH") or 0) > 1 << 20:
        return "413 Content Too Large", [], b""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    if len(body) < int(environ.get("CONTENT_LENGTH") or 0):
        return "400 Bad Request", [], b"cut off"
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    try:
        form = read_form(method, environ["QUERY_STRING"], environ.get("CONTENT_TYPE", ""), body)
    except FormError as error:
        return "400 Bad Request", [], str(error).encode()
    return respond(method, path, form)


def app(environ, start_response):
    status, fields, body = answer(environ)
    start_response(status, fields)
    return [body]


if __name__ == "__main__":
    make_server(sys.argv[1], int(sys.argv[2]), app).serve_forever()
