"""Five tests that pass on a program with three faults, and one that fails."""

from collections.abc import Callable
from contextlib import suppress

from stage import outcomes, read

Page = Callable[[str], bytes]


def right(text: str) -> bytes:
    """A response that says this text."""
    body = text.encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


def broken(text: str) -> bytes:
    """The same with three faults."""
    body = text.encode()
    return b"HTTP/1.O 404 Not Found\r\nContent-Length: %d\r\n\r\n%b" % (len(text), body)


def asserts_nothing(page: Page) -> None:
    page("café")


def calls_nothing(page: Page) -> None:
    assert page


def asks_the_wrong_thing(page: Page) -> None:
    response = read(page("café"))
    assert response.status


def hears_no_complaint(page: Page) -> None:
    with suppress(Exception):
        assert page("café").startswith(b"HTTP/1.1 200 ")


def repeats_the_code(page: Page) -> None:
    text = "café"
    assert b"Content-Length: %d\r\n" % len(text) in page(text)


def can_fail(page: Page) -> None:
    assert page("café") == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ncaf\xc3\xa9"


if __name__ == "__main__":
    tests = (
        asserts_nothing,
        calls_nothing,
        asks_the_wrong_thing,
        hears_no_complaint,
        repeats_the_code,
        can_fail,
    )
    outcomes({test.__name__: test for test in tests}, {"right": right, "broken": broken})
