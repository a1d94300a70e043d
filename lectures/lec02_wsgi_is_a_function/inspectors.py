"""Which mistakes the inspectors see, and which they let pass."""

from wsgiref.types import WSGIApplication
from wsgiref.validate import validator

from head import unaware
from length_in_bytes import Page
from stage import Server, request
from webtest import TestApp
from wrong_calls import FIELDS, Answering

OK = ("200 OK", FIELDS)
APPS: list[tuple[str, str, WSGIApplication]] = [
    ("nothing", "GET", Answering([OK], [b"Hi\n"])),
    ("the status is bytes", "GET", Answering([(b"200 OK", FIELDS)], [b"Hi\n"])),
    ("the fields are a tuple", "GET", Answering([("200 OK", tuple(FIELDS))], [b"Hi\n"])),
    ("the body is bare bytes", "GET", Answering([OK], b"Hi\n")),
    ("a chunk is a str", "GET", Answering([OK], ["Hi\n"])),
    ("start_response() twice", "GET", Answering([OK, OK], [b"Hi\n"])),
    ("no Content-Type", "GET", Answering([("200 OK", [])], [b"Hi\n"])),
    ("Content-Length too small", "GET", Page(15)),
    ("a body for HEAD", "HEAD", unaware),
]


def served(app: WSGIApplication, method: str) -> bool:
    """Whether wsgiref's server sends what the application has said."""
    with Server(app) as server:
        return b" 200 OK" in server.answer(request("/", method))


def validated(app: WSGIApplication, method: str) -> bool:
    """The same, with wsgiref's validator between the server and the application."""
    return served(validator(app), method)


def tested(app: WSGIApplication, method: str) -> bool:
    """Whether WebTest, which has an inspector of its own, takes it."""
    try:
        TestApp(app).request("/", method=method)
    except AssertionError:
        return False
    return True


if __name__ == "__main__":
    print(f"{'what is wrong':26} {'wsgiref':10} {'validator':10} WebTest")
    for fault, method, app in APPS:
        verdicts = [
            "passes" if inspect(app, method) else "refused" for inspect in (served, validated, tested)
        ]
        print(f"{fault:26} {verdicts[0]:10} {verdicts[1]:10} {verdicts[2]}")
