"""One form, sent by each method and enctype that HTML knows, as an application sees it in its environ."""

from wsgiref.types import StartResponse, WSGIEnvironment

from stage import ask_wsgiref

PART = b'--X\r\nContent-Disposition: form-data; name="city"\r\n\r\nG\xc3\xb6teborg\r\n--X--\r\n'
KEYS = ("REQUEST_METHOD", "QUERY_STRING", "CONTENT_TYPE", "CONTENT_LENGTH")


def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response("200 OK", [("Content-Type", "text/plain; charset=latin-1")])
    lines = [f"  {key:16} {environ.get(key)!r}\n" for key in KEYS]
    lines.append(f"  {'wsgi.input':16} {body!r}\n")
    return ["".join(lines).encode("latin-1")]


def post(enctype: str, body: bytes) -> bytes:
    return b"POST /city HTTP/1.0\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (
        enctype.encode(),
        len(body),
        body,
    )


SUBMISSIONS = {
    'method="get"': b"GET /city?city=G%C3%B6teborg HTTP/1.0\r\n\r\n",
    'method="post"': post("application/x-www-form-urlencoded", b"city=G%C3%B6teborg"),
    'method="post" enctype="multipart/form-data"': post("multipart/form-data; boundary=X", PART),
    'method="post" enctype="text/plain"': post("text/plain", b"city=G\xc3\xb6teborg\r\n"),
}

if __name__ == "__main__":
    for form, request in SUBMISSIONS.items():
        print(f"<form {form}>")
        print(ask_wsgiref(app, request).partition(b"\r\n\r\n")[2].decode("latin-1"), end="")
