"""Puzzle: all files can be read, but not the one called 100%25.txt."""

from urllib.parse import quote, unquote
from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, request

FILES = {"tea.txt": b"Black or green\n", "café.txt": b"Espresso\n", "100%25.txt": b"A quarter\n"}


def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    path = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
    name = unquote(path.removeprefix("/"))
    found = name in FILES
    start_response("200 OK" if found else "404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
    return [FILES[name] if found else f"There is no {name}\n".encode()]


if __name__ == "__main__":
    with Server(app) as server:
        for name in FILES:
            target = f"/{quote(name)}"
            body = server.answer(request(target)).partition(b"\r\n\r\n")[2]
            print(f"{target:16} {body!r}")
