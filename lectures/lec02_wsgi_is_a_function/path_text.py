"""From the bytes of a request-target to the text that a reader typed, in three steps."""

from urllib.parse import unquote_to_bytes
from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, request, status_line

TARGETS = ("/tea", "/caf%C3%A9", "/caf%E9")


def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """Say how many characters the path has after its slash."""
    path = environ.get("PATH_INFO", "")
    print(f"PATH_INFO      {path!r}")
    data = path.encode("latin-1")
    print(f"its bytes      {data!r}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        start_response("400 Bad Request", [("Content-Type", "text/plain")])
        return [b"This path is not UTF-8.\n"]
    print(f"the text       {text!r}")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d\n" % len(text[1:])]


if __name__ == "__main__":
    with Server(app) as server:
        for target in TARGETS:
            print(f"\n# {target}\ndecoded        {unquote_to_bytes(target)!r}")
            answer = server.answer(request(target))
            print(f"the answer     {status_line(answer)!r}")
