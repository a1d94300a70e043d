"""Faults of an application by name: how they show in the frames of one call, and in the text of its body.

As in faults.py the first row that fits is the fault, so the surest come first.
"""

import html
from collections.abc import Callable
from urllib.parse import quote, unquote, unquote_plus

from grader.bridge.answer import Answer
from grader.bridge.frames import Chunk, Raised, Returned, StartResponse, Value

HOP_BY_HOP = frozenset(
    (
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization"),
        *("te", "trailer", "trailers", "transfer-encoding", "upgrade"),
    )
)

# The fault's name, and how it shows in the answer.
FAULTS: tuple[tuple[str, Callable[[Answer], bool]], ...] = (
    ("a function is still to be written", lambda a: raised(a, "NotImplementedError")),
    (
        "the application takes other arguments than environ and start_response",
        lambda a: raised(a, "TypeError", "positional argument") and not a.all(StartResponse),
    ),
    (
        "it takes for granted that a variable is in environ: use environ.get(name, default)",
        lambda a: raised(a, "KeyError") and bool(a.all(Raised)[0].message.strip("'").isupper()),
    ),
    (
        "it decodes bytes that are not UTF-8: what comes from outside may be anything",
        lambda a: raised(a, "UnicodeDecodeError"),
    ),
    (
        "it encodes text in a charset that lacks its letters",
        lambda a: raised(a, "UnicodeEncodeError"),
    ),
    (
        "it mixes text and bytes: environ holds str, the body is bytes",
        lambda a: raised(a, "TypeError", "bytes") or raised(a, "TypeError", "not str"),
    ),
    (
        "it ends the whole program: an application answers, and returns",
        lambda a: raised(a, "SystemExit"),
    ),
    ("it returns nothing: is a return or a yield missing?", lambda a: returned(a) == "NoneType"),
    (
        "the body is text: a server takes it character by character, and no character is bytes",
        lambda a: returned(a) == "str",
    ),
    (
        "the body is bytes, which gives numbers when it is iterated: put it into a list",
        lambda a: returned(a) == "bytes",
    ),
    ("the chunks are text: encode() makes bytes of it", lambda a: "str" in chunks(a)),
    (
        "start_response is called with other arguments than status and response_headers, in this order",
        lambda a: any(call.keywords or call.count not in (2, 3) for call in a.all(StartResponse)),
    ),
    ("start_response is called twice", lambda a: len(a.all(StartResponse)) > 1),
    (
        "start_response is called too late: the body has begun",
        lambda a: bool(a.all(StartResponse)) and began_before(a),
    ),
    ("start_response is never called", lambda a: not a.all(StartResponse) and bool(a.all(Returned))),
    ("the status is bytes: in WSGI it is text", lambda a: argument(a, 0) == "bytes"),
    ("the status is a number: a phrase belongs to it", lambda a: argument(a, 0) in ("int", "HTTPStatus")),
    (
        "the status has no phrase: after the three digits come a space and some words",
        lambda a: bool(a.status and a.status.strip().isdigit()),
    ),
    (
        "the status names the version of HTTP: that is the server's business",
        lambda a: bool(a.status and a.status.startswith("HTTP/")),
    ),
    (
        "the response_headers are a dict: a field may come twice, so they are a list",
        lambda a: argument(a, 1) == "dict",
    ),
    ("the arguments are turned round: status first, then the list", lambda a: argument(a, 0) == "list"),
    ("a field is a list of two: it must be a tuple", lambda a: any(field.type == "list" for field in fields_of(a))),
    ("a field is bytes: in WSGI its name and value are text", lambda a: in_fields(a, "bytes")),
    ("a field's value is a number: str() makes text of it", lambda a: in_fields(a, "int")),
    (
        "the connection is the server's business: no application speaks of it",
        lambda a: any(name.lower() in HOP_BY_HOP for name, _ in a.fields or ()),
    ),
)  # fmt: skip

# The fault's name, and how it shows in w, the text that was wanted, and g, the one that came.
TEXTS: tuple[tuple[str, Callable[[bytes, bytes], bool]], ...] = (
    ("the body is empty", lambda w, g: not g),
    (
        "PATH_INFO is encoded as it is: its characters stand for bytes, and those are UTF-8",
        lambda w, g: g == w.decode("utf-8").encode("utf-8").decode("latin-1").encode("utf-8"),
    ),
    (
        "the body is in Latin-1, while its Content-Type says UTF-8",
        lambda w, g: g == w.decode("utf-8").encode("latin-1", "ignore"),
    ),
    (
        "it is a page of HTML: plain text is wanted, as bare as in the handout",
        lambda w, g: b"<" in g and b">" in g and b"<" not in w,
    ),
    ("it is escaped for HTML, and is plain text", lambda w, g: g == recoded(w, html.escape)),
    (
        "a line about an empty query string: there is none to speak of",
        lambda w, g: b"\nquery: " not in w and g.startswith(w) and g[len(w) :].lstrip().startswith(b"query"),
    ),
    (
        "the query string is not as it came: nothing in it is decoded, or put together again",
        lambda w, g: b"\nquery: " in w and b"\n" in g and g.partition(b"\n")[0] == w.partition(b"\n")[0],
    ),
    (
        "a plus sign is taken for a space: so it is in forms, but not in paths",
        lambda w, g: g == w.replace(b"+", b" "),
    ),
    (
        "it is decoded twice: the server has decoded PATH_INFO already",
        lambda w, g: g in (recoded(w, unquote), recoded(w, unquote_plus)),
    ),
    (
        "it is percent-encoded: PATH_INFO is wanted as it comes, decoded",
        lambda w, g: g == recoded(w, lambda text: quote(text, safe="/ ,!\n:?=&")),
    ),
    ("the line about the query string is missing", lambda w, g: b"\n" in w and g == w.partition(b"\n")[0]),
    (
        "what was answered before is still in the body: a list that is made once grows with every call",
        lambda w, g: len(g) > len(w) and g.endswith(w),
    ),
    ("it differs in capital letters", lambda w, g: w.lower() == g.lower()),
    ("it differs in white space", lambda w, g: w.split() == g.split()),
    ("it differs in punctuation", lambda w, g: letters(w) == letters(g)),
    ("there is more than was asked for", lambda w, g: g.startswith(w)),
)


def fault_of(answer: Answer) -> str:
    """The fault that the frames show, or ""."""
    return next((name for name, shows in FAULTS if shows(answer)), "")


def fault_of_text(wanted: bytes, got: bytes) -> str:
    """The fault that a body shows, or ""."""
    return next((name for name, shows in TEXTS if shows(wanted, got)), "")


def raised(answer: Answer, kind: str, message: str = "") -> bool:
    """Whether the first exception is one of this type, with these words in its message."""
    error = answer.first(Raised)
    return error is not None and error.type == kind and message in error.message


def returned(answer: Answer) -> str:
    """The type of what the application returned."""
    result = answer.first(Returned)
    return result.value.type if result else ""


def chunks(answer: Answer) -> set[str]:
    """The types of its chunks."""
    return {frame.value.type for frame in answer.all(Chunk)}


def argument(answer: Answer, index: int) -> str:
    """The type of an argument of start_response."""
    call = answer.first(StartResponse)
    return call.arguments[index].type if call and len(call.arguments) > index else ""


def fields_of(answer: Answer) -> tuple[Value, ...]:
    """The response_headers, whatever they are."""
    call = answer.first(StartResponse)
    return (call.arguments[1].items or ()) if call and len(call.arguments) > 1 else ()


def in_fields(answer: Answer, kind: str) -> bool:
    """Whether a value of this type is in one of the response_headers."""
    return any(part.type == kind for field in fields_of(answer) for part in field.items or ())


def began_before(answer: Answer) -> bool:
    """Whether bytes came before start_response was called."""
    for frame in answer.frames:
        if isinstance(frame, StartResponse):
            return False
        if isinstance(frame, Chunk) and frame.value.chunk != b"":
            return True
    return False


def recoded(text: bytes, change: Callable[[str], str]) -> bytes:
    """`text`, UTF-8, after a change of its characters."""
    return change(text.decode("utf-8")).encode("utf-8")


def letters(text: bytes) -> bytes:
    """Only what is alphanumeric in it, in small letters."""
    return bytes(byte for byte in text.lower() if chr(byte).isalnum())
