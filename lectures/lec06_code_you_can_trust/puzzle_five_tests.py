"""Puzzle: five tests of a server's answers, all green; which of them can be red?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from stage import outcomes, read

NOT_FOUND, GONE = 404, 410
Get = Callable[[bytes], bytes]  # from the target of a request to the whole response


def test_missing_page(get: Get) -> None:
    response = read(get(b"/nothing"))
    assert response.status == NOT_FOUND or GONE


def test_every_field_has_a_value(get: Get) -> None:
    head, _, _ = get(b"/").partition(b"\r\n\r\n")
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        assert name and value.strip()


def test_length(get: Get) -> None:
    response = get(b"/")
    _, _, body = response.partition(b"\r\n\r\n")
    assert read(response).headers["Content-Length"] == str(len(body))


def test_bad_target_is_refused(get: Get) -> None:
    try:
        get(b"no slash")
        raise AssertionError("it is not refused")
    except Exception:
        return


def test_two_at_once(get: Get) -> None:
    def check(target: bytes) -> None:
        assert read(get(target)).status == 200

    with ThreadPoolExecutor() as pool:
        pool.submit(check, b"/")
        pool.submit(check, b"/")


def right(target: bytes) -> bytes:
    if not target.startswith(b"/"):
        raise ValueError(target)
    status = b"200 OK" if target == b"/" else b"404 Not Found"
    return b"HTTP/1.1 %b\r\nContent-Length: 5\r\n\r\ncaf\xc3\xa9" % status


def broken(_target: bytes) -> bytes:
    return b"HTTP/1.1 500 Internal Server Error\r\n\r\ncaf\xc3\xa9"


if __name__ == "__main__":
    tests = (test_missing_page, test_every_field_has_a_value, test_length, test_bad_target_is_refused)
    outcomes({test.__name__: test for test in (*tests, test_two_at_once)}, {"right": right, "broken": broken})
