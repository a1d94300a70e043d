"""The first WSGI application: it greets the world, or whom the path names.

A server calls `app` once for each request. `serve.py` is such a server.
"""

from collections.abc import Callable, Iterable


def name_in(path_info: str) -> str | None:
    """The name in a path "/name": "Zoë" for "/ZoÃ«". None where the path holds no name, or more than one part.

    `path_info` is PATH_INFO: percent-decoded by the server, each byte as the character of that number (Latin-1).
    The name is those bytes read as UTF-8; one that is not UTF-8 becomes U+FFFD, the replacement character.
    """
    slash, _, name = path_info.partition("/")
    if slash or not name or "/" in name:
        return None
    return name.encode("latin-1").decode("utf-8", "replace")


def page(path_info: str, query_string: str) -> tuple[str, str]:
    """The status and the text for one request: "200 OK" and "hello, ada", for example; the text ends without a newline.

    "/" is greeted with "Hello, World!", and any path without a name with status 404.
    When `query_string` is not empty, the greeting has a second line, "query: " and `query_string` as it came.
    """
    name = name_in(path_info)
    if path_info == "/":
        text = "Hello, World!"
    elif name is not None:
        text = f"hello, {name}"
    else:
        return "404 Not Found", "There is no such page."
    if query_string:
        text += f"\nquery: {query_string}"
    return "200 OK", text


def app(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answers one request, in text/plain and UTF-8 (PEP 3333, "The Application/Framework Side").

    `environ` may lack QUERY_STRING. An answer to HEAD is that to GET without its body.
    """
    path_info = str(environ.get("PATH_INFO", ""))
    status, text = page(path_info, str(environ.get("QUERY_STRING", "")))
    body = text.encode("utf-8")
    fields = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(status, fields)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
