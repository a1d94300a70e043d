"""Faults of a WSGI server by name: how they show in what the application was given. The first row that fits is it.

A new fault is a new row here and a new case in tests/test_gateway.py.
"""

from collections.abc import Callable, Container, Sequence
from urllib.parse import unquote, unquote_to_bytes

# The fault's name, and how it shows in k, the key, w, the value wanted, v, the value that came, and e, the keys of all.
FAULTS: tuple[tuple[str, Callable[[str, str, str, Container[str]], bool]], ...] = (
    (
        "the query is left in PATH_INFO: it begins behind the first ?",
        lambda k, w, v, e: k == "PATH_INFO" and v.partition("?")[0] in (w, unquote(w)) and "?" in v,
    ),
    (
        "the path is handed over as it came: percents are decoded, once",
        lambda k, w, v, e: k == "PATH_INFO" and v != w and once(v) == w,
    ),
    (
        "the path is decoded twice: %2525 is the text %25",
        lambda k, w, v, e: k == "PATH_INFO" and v != w and once(w) == v,
    ),
    (
        "the bytes are decoded as UTF-8: in environ each byte is one character (Latin-1)",
        lambda k, w, v, e: v != w and v == w.encode("latin-1", "replace").decode("utf-8", "replace"),
    ),
    (
        "a plus is a plus in a path: only forms write a space so",
        lambda k, w, v, e: k == "PATH_INFO" and "+" in w and v == w.replace("+", " "),
    ),
    (
        "QUERY_STRING begins behind the question mark",
        lambda k, w, v, e: k == "QUERY_STRING" and v == f"?{w}",
    ),
    (
        "QUERY_STRING is decoded: it is handed over as it came, and the application decodes it",
        lambda k, w, v, e: k == "QUERY_STRING" and v in (unquote(w), unquote(w.replace("+", " ")), once(w)),
    ),
    (
        "QUERY_STRING ends at the second question mark: only the first one divides",
        lambda k, w, v, e: k == "QUERY_STRING" and bool(v) and w.startswith(f"{v}?"),
    ),
    (
        "one environ for all requests: each needs a new dict",
        lambda k, w, v, e: k == "probe.mark" or ("left" in v and "behind" in v),
    ),
    (
        "a field keeps its dashes: in environ they are underscores",
        lambda k, w, v, e: k.startswith("HTTP_") and k.replace("_", "-").replace("HTTP-", "HTTP_") in e,
    ),
    (
        "Content-Type and Content-Length have no HTTP_ in front",
        lambda k, w, v, e: (
            f"HTTP_{k.removeprefix('HTTP_')}" in e
            and k.removeprefix("HTTP_") in ("CONTENT_TYPE", "CONTENT_LENGTH")
        ),
    ),
    (
        "of several field-lines with one name only the last is kept",
        lambda k, w, v, e: "," in w and v == w.rpartition(",")[2].strip(),
    ),
    (
        "of several field-lines with one name only the first is kept",
        lambda k, w, v, e: "," in w and v == w.partition(",")[0].strip(),
    ),
)


def fault_of(key: str, wanted: Sequence[str], value: str, keys: Container[str]) -> str:
    """The fault that shows where environ[key] is `value` and not one of those `wanted`; "" where it has no name."""
    for one in wanted or ("",):
        for name, shows in FAULTS:
            if shows(key, one, value, keys):
                return name
    return ""


def fault_of_input(wanted: object, came: object) -> str:
    """The fault that shows where a reading method has returned `came`, and not `wanted`; "" where it has no name."""
    if not isinstance(wanted, str) or not isinstance(came, str):
        return ""
    if came.startswith(wanted):
        return "wsgi.input goes on behind the message body: it ends where Content-Length says"
    if wanted.startswith(came):
        return "wsgi.input ends too early: what is still on its way belongs to the message body"
    return ""


def once(text: str) -> str:
    """Percent-decoded, each byte as one character."""
    return unquote_to_bytes(text.encode("latin-1", "replace")).decode("latin-1")
