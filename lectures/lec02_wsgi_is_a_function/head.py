"""HEAD: the answer to GET without its body, and three applications of which one does it right."""

from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, request

BODY = b"Good morning\n"
TYPE = ("Content-Type", "text/plain")
LENGTH = ("Content-Length", str(len(BODY)))


def unaware(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("200 OK", [TYPE, LENGTH])
    return [BODY]


def hasty(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("200 OK", [TYPE])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [BODY]


def right(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("200 OK", [TYPE, LENGTH])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [BODY]


if __name__ == "__main__":
    for app in (unaware, hasty, right):
        print(f"\n# {app.__name__}")
        with Server(app) as server:
            for method in ("GET", "HEAD"):
                head, _, body = server.answer(request("/", method)).partition(b"\r\n\r\n")
                print(f"{method:5} {head.splitlines()[-1]!r:24} body {body!r}")
