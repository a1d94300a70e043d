"""The application that the checks of a WSGI server ask. What it does depends on the path, and so it is put to work:

    /environ              tells what it was given
    /read/5/line/all      reads wsgi.input in these steps, and tells what came
    /raise/first/WORD     fails, with WORD in the message
    /closed/WORD          tells how often close() was called on the body of that WORD

It runs in the process of the server that is judged, on the student's side. What it tells is JSON, and is believed no
more than anything else that comes from there.
"""

# ruff: noqa: ARG001 - all that the probe can do is called in the same way

import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Environ = dict[str, Any]
Start = Callable[..., Callable[[bytes], object]]

TEXT = ("Content-Type", "text/plain; charset=utf-8")
JSON = ("Content-Type", "application/json")
BLOCK = b"endless " * 8192
SHOWN = 400  # characters of one value, and
MOST = 200  # keys, that are told
CLOSED: Counter[str] = Counter()  # how often the body of a word has been closed
STREAMS = {
    "wsgi.input": ("read", "readline", "readlines", "__iter__"),
    "wsgi.errors": ("write", "writelines", "flush"),
}


def app(environ: Environ, start_response: Start) -> Iterable[bytes]:
    """Does what the first word of the path says, with the words behind it. The path itself may be misread."""
    word, *words = re.findall(r"\w+", str(environ.get("PATH_INFO", ""))) or [""]
    return WORK.get(word, greet)(environ, start_response, words)


def another(environ: Environ, start_response: Start) -> Iterable[bytes]:
    """A second application in the same module."""
    return text(start_response, b"another application")


def text(start_response: Start, *chunks: bytes, status: str = "200 OK") -> list[bytes]:
    """A page of text, whose length the server may find out."""
    start_response(status, [TEXT])
    return list(chunks)


def tell(start_response: Start, what: object) -> list[bytes]:
    """A page of JSON."""
    body = json.dumps(what).encode("ascii")
    start_response("200 OK", [JSON, ("Content-Length", str(len(body)))])
    return [body]


def greet(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    return text(start_response, b"the probe is here")


# environ.


def tell_environ(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """The type of environ, and of each value its type and its looks."""
    items = {str(key)[:SHOWN]: seen(key, value) for key, value in list(environ.items())[:MOST]}
    return tell(start_response, {"type": name_of(environ), "items": items})


def mark_environ(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """Leaves something in environ, and takes something out: it may do with it as it likes."""
    environ["probe.mark"] = "left behind"
    environ["QUERY_STRING"] = "left=behind"
    environ.pop("wsgi.url_scheme", None)
    return text(start_response, b"marked")


def seen(key: str, value: object) -> dict[str, str]:
    """The type of a value; and its text if it is a str, its methods if it is a stream, else its repr()."""
    if type(value) is str:
        looks = value.encode("utf-8", "backslashreplace").decode("utf-8")
    elif key in STREAMS:
        looks = " ".join(name for name in STREAMS[key] if callable(getattr(value, name, None)))
    else:
        looks = ascii(value)
    return {"type": name_of(value), "text": looks[:SHOWN]}


def name_of(value: object) -> str:
    """The type of a value: "dict", or "server.Environ"."""
    kind = type(value)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


# wsgi.input.


def read_input(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """Reads as the words say, one after another, and tells the bytes that came, as Latin-1 text."""
    source = environ["wsgi.input"]
    steps: dict[str, Callable[[], Any]] = {
        "all": source.read,
        "line": source.readline,
        "lines": source.readlines,
        "each": lambda: list(source),
    }
    results = [steps[word]() if word in steps else source.read(int(word)) for word in words]
    return tell(start_response, [shown(result) for result in results])


def shown(result: object) -> object:
    """What a reading method has returned: bytes as text, a list of them as a list, anything else as its type."""
    if isinstance(result, list):
        return [shown(line) for line in result]
    return result.decode("latin-1") if isinstance(result, bytes) else {"type": name_of(result)}


# The response.


def give_status(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    return text(start_response, b"the status says it", status=f"{words[0]} As Told")


def give_fields(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    fields = [("Set-Cookie", "a=1"), ("X-Probe", 'caf\xe9; q="1, 2"'), ("Set-Cookie", "b=2; Path=/")]
    start_response("200 OK", [TEXT, *fields])
    return [b"the fields say it"]


def give_body(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """The body in one of the shapes of BODIES."""
    start_response("200 OK", [TEXT])
    return BODIES[words[0]]()


def give_nothing(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    start_response("204 No Content", [])
    return []


def state_length(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """A Content-Length of its own, which need not be right: /length/10 states 10 for two chunks of six bytes."""
    start_response("200 OK", [TEXT, ("Content-Length", words[0])])
    return [b"chunk ", b"chunk."]


def start_late(environ: Environ, start_response: Start, words: list[str]) -> Iterator[bytes]:
    """start_response() is called when the first chunk is asked for."""
    start_response("202 Accepted", [TEXT])
    yield b"late, and right"


def start_twice(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """Tells what the second call raised, on the page that the first has begun."""
    start_response("200 OK", [JSON])
    try:
        start_response("200 OK", [TEXT])
    except Exception as error:
        return [json.dumps({"raised": name_of(error)}).encode("ascii")]
    return [json.dumps({"raised": ""}).encode("ascii")]


def start_badly(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """start_response() is called with what it must not take: one of BAD."""
    start_response(*BAD[words[0]])
    return [b"accepted"]


def never_start(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    return [b"no start_response, and yet a body"]


def stall(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """One chunk, and never another."""
    start_response("200 OK", [TEXT])
    return stalling()


def stalling() -> Iterator[bytes]:
    yield b"first chunk\n"
    threading.Event().wait()


def fail(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """Fails at the moment that the first word names, with the second in the message."""
    moment, word = words
    if moment == "call":
        raise RuntimeError(f"the probe fails: {word}")
    if moment == "file":
        raise FileNotFoundError(2, f"the probe has no such file: {word}")
    start_response("200 OK", [TEXT, ("Content-Length", "10")])
    return failing(moment, word)


def failing(moment: str, word: str) -> Iterator[bytes]:
    if moment == "later":
        yield b"begun"
    raise RuntimeError(f"the probe fails: {word}")


# close().


class Body:
    """An iterable that counts how often it is closed, under a word."""

    def __init__(self, chunks: Iterable[bytes], word: str) -> None:
        self._chunks = chunks
        self._word = word

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    def close(self) -> None:
        CLOSED[self._word] += 1


def give_closable(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    """/closable/whole/WORD, /closable/fails/WORD, /closable/endless/WORD."""
    kind, word = words
    start_response("200 OK", [TEXT])
    return Body({"whole": blocks, "fails": lambda: failing("later", word), "endless": endless}[kind](), word)


def blocks() -> Iterator[bytes]:
    yield b"first "
    yield b"last"


def endless() -> Iterator[bytes]:
    while True:
        yield BLOCK


def tell_closed(environ: Environ, start_response: Start, words: list[str]) -> Iterable[bytes]:
    return tell(start_response, CLOSED[words[0]])


WORK: dict[str, Callable[[Environ, Start, list[str]], Iterable[bytes]]] = {
    "environ": tell_environ,
    "mark": mark_environ,
    "read": read_input,
    "status": give_status,
    "fields": give_fields,
    "body": give_body,
    "nothing": give_nothing,
    "length": state_length,
    "late": start_late,
    "twice": start_twice,
    "bad": start_badly,
    "never": never_start,
    "stall": stall,
    "raise": fail,
    "closable": give_closable,
    "closed": tell_closed,
}
BODIES: dict[str, Callable[[], Iterable[bytes]]] = {
    "one": lambda: [b"one chunk"],
    "list": lambda: [b"first ", b"", b"second ", b"last"],
    "tuple": lambda: (b"first ", b"last"),
    "generator": blocks,
    "gaps": lambda: iter([b"", b"", b"first ", b"", b"last", b""]),
    "object": lambda: Body([b"first ", b"last"], "object"),
    "empty_list": list,
    "empty_chunk": lambda: [b""],
    "empty_generator": lambda: iter(()),
}
BAD: dict[str, tuple[object, object]] = {
    "status": (200, [TEXT]),
    "name": ("200 OK", [(b"Content-Type", "text/plain")]),
    "value": ("200 OK", [TEXT, ("Content-Length", 8)]),
    "line": ("200 OK", [TEXT, ("X-Probe", "a\r\nX-Injected: b")]),
}
