"""Seven wrong ways to call start_response(), and what the server writes into its log."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from stage import Server, request, status_line

FIELDS = [("Content-Type", "text/plain")]
CALLS = {
    "the status is bytes": [(b"200 OK", FIELDS)],
    "the status is a number": [(200, FIELDS)],
    "the status has no reason": [("200", FIELDS)],
    "the fields are a dict": [("200 OK", {"Content-Type": "text/plain"})],
    "a value is a number": [("200 OK", [("Content-Length", 3)])],
    "it is called twice": [("200 OK", FIELDS), ("404 Not Found", FIELDS)],
    "it is never called": [],
}


class Answering:
    """An application that makes these calls, and gives this body."""

    def __init__(self, calls: list[tuple[Any, ...]], body: Any) -> None:
        self.calls = calls
        self.body = body

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        for arguments in deepcopy(self.calls):  # a server may change the list that it is given
            start_response(*arguments)
        return self.body


if __name__ == "__main__":
    statuses = set()
    for fault, calls in CALLS.items():
        with Server(Answering(calls, [b"Hi\n"])) as server:
            statuses.add(status_line(server.answer(request("/"))))
            print(f"{fault:26} {server.complaint()}")
    print("\nevery client received     ", *statuses)
