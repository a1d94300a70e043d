"""Faults of responses by name: how they show in the evidence. The first row that fits is the fault.

A new fault is a new row here and a new case in tests/test_expect_http.py.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from grader.wire.answer import Answer
from grader.wire.client import Ended

CLOSED_UNREAD = "it closes while bytes of its client are unread, so the client sees a reset"

# The fault's name, and how it shows in r, the bytes of the request, and a, the answer.
FAULTS: tuple[tuple[str, Callable[[bytes, Answer], bool]], ...] = (
    (
        "it closes without an answer",
        lambda r, a: a.ended is Ended.EOF and not a.data,
    ),
    (
        CLOSED_UNREAD,
        lambda r, a: a.ended is Ended.RESET,
    ),
    (
        "the empty line between the fields and the body is missing",
        lambda r, a: (
            a.head is None and a.data.startswith(b"HTTP") and b"<" in a.data and no_empty_line(a.data)
        ),
    ),
    (
        "an empty line stands before the status-line: the response begins with its version",
        lambda r, a: a.data.startswith((b"\r\n", b"\n")),
    ),
    (
        "its lines end in LF alone: every line of a head ends in CRLF",
        lambda r, a: a.malformed is not None and "LF alone" in a.malformed.fault,
    ),
    (
        "it sends the request back: that is an echo, and no answer",
        lambda r, a: bool(a.data) and a.data.startswith(r.partition(b"\r\n")[0]),
    ),
    (
        "the version is missing: a status-line begins with HTTP/1.1",
        lambda r, a: re.match(rb"[1-5][0-9][0-9] ", a.data) is not None,
    ),
    (
        "the body comes without a head: a status-line and fields go before it",
        lambda r, a: bool(a.data) and not a.data.startswith(b"HTTP"),
    ),
    (
        "its Content-Length counts the head too: it is the length of the body alone",
        lambda r, a: a.head is not None and a.missing == a.head.end,
    ),
    (
        "its Content-Length is larger than its body",
        lambda r, a: bool(a.missing) and a.ended in (Ended.EOF, Ended.STUCK),
    ),
    (
        "it collects what comes without a limit",
        lambda r, a: a.ended is Ended.STUCK and not a.data and len(r) > 1 << 16,
    ),
    (
        "it waits for the body, although its length alone says that it is too long",
        lambda r, a: a.ended is Ended.STUCK and not a.data and missing(r) > 1 << 20,
    ),
    (
        "it waits for CRLF, and the lines of this request end in LF alone",
        lambda r, a: a.ended is Ended.STUCK and not a.data and ends_in_lf_alone(r),
    ),
    (
        "it looks for the end of the head only at the end of what has come",
        lambda r, a: a.ended is Ended.STUCK and not a.data and not r.endswith(b"\r\n\r\n") and not missing(r),
    ),
    (
        "it waits for more although the request is whole",
        lambda r, a: a.ended is Ended.STUCK and not a.data,
    ),
    (
        "it goes round and round, and sends nothing",
        lambda r, a: a.ended is Ended.SPINNING,
    ),
    (
        "the server is gone: no request may end the service for the next one",
        lambda r, a: a.ended in (Ended.REFUSED, Ended.GONE),
    ),
)


def fault_of(request: bytes, answer: Answer) -> str:
    """The fault that this answer to `request` shows, or ""."""
    return next((name for name, shows in FAULTS if shows(request, answer)), "")


KNOWN = (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"CONNECT", b"OPTIONS", b"TRACE", b"PATCH")  # methods
HOST = re.compile(rb"^host[ \t]*:", re.IGNORECASE | re.MULTILINE)
FORM = re.compile(
    rb"^content-type:[ \t]*(application/x-www-form-urlencoded|multipart/form-data)",
    re.IGNORECASE | re.MULTILINE,
)
LENGTH = re.compile(rb"^content-length:[ \t]*(.*?)\r?$", re.IGNORECASE | re.MULTILINE)

# The fault's name, and how it shows in r, the bytes of a request, and s, the status that was not wanted for it.
STATUS_FAULTS: tuple[tuple[str, Callable[[bytes, int], bool]], ...] = (
    (
        "an exception of the server's own became the answer",
        lambda r, s: s == 500,
    ),
    (
        "it takes the whole absolute-form for a path: scheme and host go before the path",
        lambda r, s: s in (400, 404) and re.match(rb"\S+ http://", r, re.IGNORECASE) is not None,
    ),
    (
        "405 is for a method that the server knows and does not allow here, 501 for one that nobody knows",
        lambda r, s: s == (501 if method(r) in KNOWN else 405),
    ),
    (
        "it wants a Host of HTTP/1.0, which knows none",
        lambda r, s: s == 400 and b" HTTP/1.0\r\n" in r and not HOST.search(r),
    ),
    (
        "it compares field names with their case: Host, HOST and host are one name",
        lambda r, s: s == 400 and HOST.search(r) is not None and b"\nHost:" not in r,
    ),
    (
        "it takes no notice of Transfer-Encoding, so the body may pass for the next request",
        lambda r, s: s == 200 and b"\ntransfer-encoding:" in r.lower(),
    ),
    (
        "it takes one of two lengths: another program may take the other",
        lambda r, s: s == 200 and len(set(LENGTH.findall(r))) > 1,
    ),
    (
        "it takes for a length what is none: Content-Length is digits and nothing else",
        lambda r, s: s == 200 and any(not re.fullmatch(rb"[0-9]+", value) for value in LENGTH.findall(r)),
    ),
    (
        "it forgives a space before the colon, and others do not: that is how requests are smuggled",
        lambda r, s: s == 200 and re.search(rb"\n[^\s:]+[ \t]+:", r) is not None,
    ),
    (
        "it does not ask whether there is exactly one Host",
        lambda r, s: s == 200 and b" HTTP/1.1\r\n" in r and len(HOST.findall(r)) != 1,
    ),
    (
        "it does not look at the HTTP-version",
        lambda r, s: s == 200 and re.search(rb" HTTP/[02-9]", r) is not None,
    ),
    (
        "it takes a form without Content-Length for an empty one: nobody can tell where that body ends",
        lambda r, s: s == 200 and is_form(r) and not LENGTH.search(r),
    ),
    (
        "it takes half a body for a whole one",
        lambda r, s: s == 200 and is_form(r) and missing(r) > 0,
    ),
    (
        "it takes a multipart body for whole that was cut off: its last boundary has two more dashes",
        lambda r, s: s == 200 and is_cut_off(r),
    ),
    (
        "it does not look at the method",
        lambda r, s: s == 200 and method(r) not in (b"GET", b"HEAD") and not is_form(r),
    ),
    (
        "a path is compared whole, with its last slash",
        lambda r, s: s == 200 and re.match(rb"\S+ /process_form/", r) is not None,
    ),
    (
        "it decodes the path before it cuts the query off: %3F is no question mark",
        lambda r, s: s == 404 and re.match(rb"\S+ [^\s?]*%3F", r, re.IGNORECASE) is not None,
    ),
    (
        "it does not cut the query off: a slash behind the question mark is none of the path",
        lambda r, s: s == 404 and re.match(rb"\S+ [^\s?]*\?\S*/", r) is not None,
    ),
    (
        "it takes a path with another slash in it for a name",
        lambda r, s: s == 200 and re.match(rb"\S+ /[^\s?]*/", r) is not None,
    ),
)


def status_fault_of(request: bytes, status: int) -> str:
    """The fault that this status for `request` shows, or "" (also where no request is given)."""
    return next((name for name, shows in STATUS_FAULTS if request and shows(request, status)), "")


# The fault's name, and how it shows in w, the body that was wanted, and g, the one that came, without line ends behind.
BODY_FAULTS: tuple[tuple[str, Callable[[bytes, bytes], bool]], ...] = (
    ("the body is empty", lambda w, g: not g),
    ("it takes a plus sign for a space: so it is in forms, not in paths", lambda w, g: g == w.replace(b"+", b" ")),
    ("it reads bytes of UTF-8 as Latin-1", lambda w, g: g == w.decode("latin-1").encode()),
    ("it does not percent-decode", lambda w, g: unquote_to_bytes(g) == w),
    ("it percent-decodes twice", lambda w, g: g == unquote_to_bytes(w)),
    ("it takes an encoded question mark for one: split first, then decode", lambda w, g: w.startswith(g + b"?")),
    ("it does not cut the query off", lambda w, g: g.startswith(w + b"?")),
    ("it differs in capital letters", lambda w, g: g.lower() == w.lower()),
    ("it differs in white space", lambda w, g: g.split() == w.split()),
)  # fmt: skip


def body_fault_of(wanted: bytes, got: bytes) -> str:
    """The fault that this body shows, or ""."""
    w, g = wanted.rstrip(b"\r\n"), got.rstrip(b"\r\n")
    return next((name for name, shows in BODY_FAULTS if w != g and shows(w, g)), "")


def missing(request: bytes) -> int:
    """How many bytes of its body, by its Content-Length, were not sent."""
    head, _, body = request.partition(b"\r\n\r\n")
    length = LENGTH.search(head + b"\r\n")
    return int(length[1]) - len(body) if length and re.fullmatch(rb"[0-9]{1,18}", length[1]) else 0


def ends_in_lf_alone(request: bytes) -> bool:
    """Whether a line of its head ends in LF without CR."""
    head = re.split(rb"(?<=\n)\r?\n", request, maxsplit=1)[0]
    return re.search(rb"(?<!\r)\n", head) is not None


def is_form(request: bytes) -> bool:
    """Whether it is a POST with a form in its body."""
    return method(request) == b"POST" and FORM.search(request) is not None


def is_cut_off(request: bytes) -> bool:
    """Whether it has a multipart body, and not the final boundary of that."""
    named = re.search(rb"\nContent-Type: multipart/form-data; boundary=([^\s;\"]+)", request)
    return named is not None and b"--" + named[1] + b"--" not in request


def method(request: bytes) -> bytes:
    """The first word of a request."""
    return request.lstrip(b"\r\n").partition(b" ")[0]


# The fault's name, and how it shows in b, a body of the stated length, and s, the bytes behind it.
SURPLUS_FAULTS: tuple[tuple[str, Callable[[bytes, bytes], bool]], ...] = (
    (
        "there is a second response behind the first",
        lambda b, s: s.startswith(b"HTTP/"),
    ),
    (
        "its Content-Length counts characters: it is the number of bytes, after encode()",
        lambda b, s: characters(b + s) == len(b),
    ),
    (
        "there are two empty lines between the fields and the body: the second is a part of the body",
        lambda b, s: b.startswith(b"\r\n") and len(s) == 2,
    ),
    (
        "there is a line end behind the body, which Content-Length does not count",
        lambda b, s: not s.strip(b"\r\n"),
    ),
    (
        "the body is longer than its Content-Length",
        lambda b, s: True,
    ),
)


def surplus_fault_of(body: bytes, surplus: bytes) -> str:
    """The fault that `surplus`, the bytes behind `body`, shows."""
    return next(name for name, shows in SURPLUS_FAULTS if shows(body, surplus))


def characters(data: bytes) -> int | None:
    """The number of characters, if it is UTF-8, and some are of several bytes."""
    if data.isascii():
        return None
    try:
        return len(data.decode())
    except UnicodeDecodeError:
        return None


def no_empty_line(data: bytes) -> bool:
    """Whether markup follows the fields with no empty line in between."""
    return not re.search(rb"\n\r*\n", data.partition(b"<")[0])
