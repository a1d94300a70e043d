"""A function that knows neither sockets nor WSGI, and the adapter that makes an application of it."""

from collections.abc import Callable
from html import escape
from urllib.parse import parse_qsl, urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from stage import ask_wsgiref

Fields = list[tuple[str, str]]
Respond = Callable[[str, str, dict[str, str]], tuple[str, Fields, bytes]]


def respond(method: str, path: str, form: dict[str, str]) -> tuple[str, Fields, bytes]:
    """A guest-book: who signs is sent on to a page of thanks."""
    match method, path:
        case "POST", "/sign":
            thanks = "/thanks?" + urlencode({"to": form.get("name", "")})
            return "303 See Other", [("Location", thanks)], b""
        case "GET", "/thanks":
            page = f"Thank you, {escape(form.get('to', ''))}.\r\n".encode()
            return "200 OK", [("Content-Type", "text/html; charset=utf-8")], page
    return "404 Not Found", [("Content-Type", "text/plain")], b"No such page.\r\n"


def adapted(respond: Respond) -> WSGIApplication:
    """The WSGI application that asks `respond`. Of message bodies it understands only urlencoded ones."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        text = environ.get("QUERY_STRING", "")
        media_type = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if media_type == "application/x-www-form-urlencoded":
            length = int(environ.get("CONTENT_LENGTH") or 0)
            text = environ["wsgi.input"].read(length).decode("latin-1")
        form = dict(parse_qsl(text, keep_blank_values=True))
        path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        status, fields, body = respond(environ["REQUEST_METHOD"], path, form)
        start_response(status, [*fields, ("Content-Length", str(len(body)))])
        return [body]

    return app


REQUESTS = (
    b"POST /sign HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nname=Ada",
    b"GET /thanks?to=Ada HTTP/1.0\r\n\r\n",
    b"GET /nothing HTTP/1.0\r\n\r\n",
)

if __name__ == "__main__":
    print("respond() gives", respond("GET", "/thanks", {"to": "<b>"}))
    for request in REQUESTS:
        print()
        response = ask_wsgiref(adapted(respond), request)
        for line in (request.splitlines()[0], *response.splitlines(keepends=True)):
            if not line.startswith((b"Date:", b"Server:")):  # they differ from run to run
                print(line)
