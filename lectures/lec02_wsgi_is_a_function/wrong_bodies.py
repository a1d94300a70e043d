"""What iterating over a body gives, and which bodies a server can send."""

from typing import Any

from stage import Server, request
from wrong_calls import FIELDS, Answering

BODIES: list[Any] = [[b"Hi\n"], (b"H", b"i\n"), b"Hi\n", "Hi\n", ["Hi\n"], None]


def chunks(body: Any) -> str:
    """What a loop over this body sees."""
    try:
        return repr(list(body))
    except TypeError as error:
        return type(error).__name__


if __name__ == "__main__":
    print(f"{'body':15} {'chunks':18} the server")
    for body in BODIES:
        with Server(Answering([("200 OK", FIELDS)], body)) as server:
            sent = server.answer(request("/")).partition(b"\r\n\r\n")[2]
            error = server.complaint().partition(":")[0]
        print(f"{body!r:15} {chunks(body):18} {error or f'sends {sent!r}'}")
