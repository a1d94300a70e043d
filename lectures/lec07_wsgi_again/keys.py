"""The environ of one request, each key beside the bytes that it comes from, as wsgiref's server makes it."""

from wsgiref.types import StartResponse, WSGIEnvironment

from stage import ask_wsgiref

REQUEST = (
    b"POST /caf%C3%A9?a=1%202&b= HTTP/1.1\r\n"
    b"Host: 127.0.0.1\r\n"
    b"Content-Type: text/plain\r\n"
    b"Content-Length: 5\r\n"
    b"Accept-Language: en\r\n"
    b"\r\n"
    b"hello"
)

SOURCES = {
    "REQUEST_METHOD": b"POST",
    "SCRIPT_NAME": "",
    "PATH_INFO": b"/caf%C3%A9",
    "QUERY_STRING": b"a=1%202&b=",
    "SERVER_PROTOCOL": b"HTTP/1.1",
    "CONTENT_TYPE": b"text/plain",
    "CONTENT_LENGTH": b"5",
    "HTTP_HOST": b"127.0.0.1",
    "HTTP_ACCEPT_LANGUAGE": b"en",
    "SERVER_NAME": "the listener",
    "SERVER_PORT": "the listener",
    "REMOTE_ADDR": "accept()",
}


def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    lines = []
    for key, source in SOURCES.items():
        value = environ[key]
        # The port is another one at each run, so we show only what kind of thing it is.
        shown = f"a {type(value).__name__} of digits" if key == "SERVER_PORT" else repr(value)
        lines.append(f"{source if isinstance(source, str) else repr(source):16} {key:22} {shown}\n")
    return ["".join(lines).encode()]


if __name__ == "__main__":
    _, _, body = ask_wsgiref(app, REQUEST).partition(b"\r\n\r\n")
    print(f"{'comes from':16} {'key':22} value\n{body.decode()}", end="")
