"""WebTest and requests over the live server: they make the requests and take the responses, our client carries both.

So a form is filled in by WebTest and a file is packed by requests, as nobody here would do it; and still every wait is
a Watch's, every response is read strictly, and the transcript has all of it.
"""

import re
from collections.abc import Callable, Generator, Iterable, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse
from webtest import TestApp, TestRequest, TestResponse  # type: ignore[import-untyped]

from grader.wire import Server
from grader.wire.answer import NoAnswer, read_answer
from grader.wire.http import Response

Chunks = Generator[bytes, None, None]
DRAWN = re.compile(r"(multipart/form-data; boundary=)([0-9A-Za-z_$-]{16,})")
BOUNDARY = b"----------------a-boundary-7MA4YWxk"
HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding")


def browser(server: Server) -> TestApp:
    """WebTest's TestApp, whose pages come from the live server. Any status is fine with it. Raises NoAnswer."""
    return Browser(Live(server), lint=False)


def session(server: Server) -> requests.Session:
    """A session of requests, for URLs that begin with `address(server)`. Raises NoAnswer.

    Whatever a redirect says, every http URL leads to this server, and any other raises requests' InvalidSchema.
    """
    made = requests.Session()
    made.trust_env = False  # no proxy and no password of the judge's
    made.adapters.clear()  # with the one of requests' own a redirect to https would leave the machine
    made.mount("http://", Adapter(server))
    return made


def address(server: Server) -> str:
    """The URL of the server: "http://127.0.0.1:8000"."""
    return f"http://{server.host}:{server.port}"


def ask(server: Server, method: str, target: str, fields: Mapping[str, str], body: bytes) -> Response:
    """One request on a connection of its own. `target` is percent-encoded. Raises NoAnswer."""
    fields, body = repeatable(dict(fields), body)
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    request = "\r\n".join([*lines, "", ""]).encode("latin-1") + body
    client = server.connect()
    client.send(request)
    answer = read_answer(client, method)
    if answer.response is None:
        raise NoAnswer(request, answer)
    client.close()  # a server that waits for its client's end can serve nobody else until then
    return answer.response


def repeatable(fields: dict[str, str], body: bytes) -> tuple[dict[str, str], bytes]:
    """The same request with a boundary that is always the same: both libraries draw theirs by chance."""
    drawn = DRAWN.fullmatch(fields.get("Content-Type", ""))
    if drawn is None or BOUNDARY in body:
        return fields, body
    body = body.replace(drawn[2].encode("ascii"), BOUNDARY)
    return fields | {"Content-Type": drawn[1] + BOUNDARY.decode(), "Content-Length": str(len(body))}, body


class Page(TestResponse):  # type: ignore[misc]
    """A response whose body is as it came."""

    def decode_content(self) -> None:
        """Leave it packed: a few bytes of a student's could become gigabytes of ours."""


class PageRequest(TestRequest):  # type: ignore[misc]
    """A request that is answered with a Page."""

    ResponseClass = Page


class Browser(TestApp):  # type: ignore[misc]
    """A TestApp that takes every status for an answer, as a browser does."""

    RequestClass = PageRequest

    def do_request(self, req: Any, status: Any = None, expect_errors: Any = None) -> Any:  # noqa: ARG002
        """The response to `req`, whatever its status."""
        return super().do_request(req, status="*", expect_errors=True)


class Live:
    """A WSGI application that passes each request on to the live server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = quote(environ["PATH_INFO"] or "/", safe="/:@!$&'()*+,;=~", encoding="latin-1")
        query = environ.get("QUERY_STRING")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        fields = {name_of(key): value for key, value in environ.items() if key.startswith("HTTP_")}
        fields |= {"Host": f"{self._server.host}:{self._server.port}", "Connection": "close"}
        for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            if environ.get(name):
                fields[name_of(name)] = environ[name]
        target = f"{path}?{query}" if query else path
        response = ask(self._server, environ["REQUEST_METHOD"], target, fields, body)
        start_response(f"{response.status} {response.reason or 'OK'}", end_to_end(response))
        return [response.body]


class Adapter(HTTPAdapter):
    """What requests sends through, in place of sockets of its own."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._server = server

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """The response to `request`, redirects not followed: that is up to the session."""
        body = request.body or b""
        fields = {
            "Host": f"{self._server.host}:{self._server.port}",
            **request.headers,
            "Connection": "close",
        }
        response = ask(
            self._server,
            request.method or "GET",
            request.path_url,
            fields,
            body.encode("latin-1") if isinstance(body, str) else bytes(body),
        )
        raw = AsItCame(
            body=BytesIO(response.body),
            headers=HTTPHeaderDict(end_to_end(response)),
            status=response.status,
            reason=response.reason,
            preload_content=False,
            request_method=request.method,
        )
        return self.build_response(request, raw)


class AsItCame(HTTPResponse):
    """A body that is not decompressed, for the same reason."""

    def stream(self, amt: int | None = 1 << 16, decode_content: bool | None = None) -> Chunks:  # noqa: ARG002
        """The bytes of the body, whatever its Content-Encoding says and whatever requests asks for."""
        return super().stream(amt, decode_content=False)


def name_of(key: str) -> str:
    """The field's name for a key of environ: "User-Agent" for "HTTP_USER_AGENT"."""
    return key.removeprefix("HTTP_").replace("_", "-").title()


def end_to_end(response: Response) -> list[tuple[str, str]]:
    """The response's fields, without those that are about the connection."""
    return [(line.name, line.value) for line in response.fields if line.name.lower() not in HOP_BY_HOP]
