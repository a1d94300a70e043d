"""The first WSGI application: it greets the world, or whom the path names.

A server calls `app` once for each request. `serve.py` is such a server.
"""

from collections.abc import Callable, Iterable


def name_in(path_info: str) -> str | None:
    """The name in a path "/name": "Zoë" for "/ZoÃ«". None where the path holds no name, or more than one part.

    `path_info` is PATH_INFO: percent-decoded by the server, each byte as the character of that number (Latin-1).
    The name is those bytes read as UTF-8; one that is not UTF-8 becomes U+FFFD, the replacement character.
    """
    # TODO: the name is returned as text that people can read, or None.
    raise NotImplementedError("name_in")


def page(path_info: str, query_string: str) -> tuple[str, str]:
    """The status and the text for one request: "200 OK" and "hello, ada", for example; the text ends without a newline.

    "/" is greeted with "Hello, World!", and any path without a name with status 404.
    When `query_string` is not empty, the greeting has a second line, "query: " and `query_string` as it came.
    """
    # TODO: each path has its status and its text, with the line about the query string where there is one.
    raise NotImplementedError("page")


def app(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answers one request, in text/plain and UTF-8 (PEP 3333, "The Application/Framework Side").

    `environ` may lack QUERY_STRING. An answer to HEAD is that to GET without its body.
    """
    # TODO: start_response has been called with the status and the fields, and the body is returned as bytes.
    raise NotImplementedError("app")
