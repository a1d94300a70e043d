"""Faults by name: how they show in the bytes that came, and in what the program says of itself.

Two tables, FAULTS and SAID. The first row that fits is the fault, so the surest come first; a new fault is a new
row. Where none fits, a card has no name for what went wrong, and its bytes must do.
"""

from collections.abc import Callable

from grader.expect.mismatch import first_difference
from grader.wire import Ended

SHORT = 64  # bytes that a program may put before an echo
LAST_WORDS = 200  # characters of an exception's message that fit into a sentence
ROUND_AND_ROUND = (
    'it goes round and round: after the end of the stream recv() gives b"" at once, again and again'
)

# The fault's name, and how it shows in s, the bytes sent, g, the bytes that came, and e, how the waiting ended.
FAULTS: tuple[tuple[str, Callable[[bytes, bytes, Ended], bool]], ...] = (
    (
        "it changes letters: an echo changes nothing",
        lambda s, g, e: len(g) == len(s) and g.lower() == s.lower(),
    ),
    (
        "it changes line ends",
        lambda s, g, e: altered(s, g, s.replace(b"\r\n", b"\n"), s.replace(b"\n", b"\r\n")),
    ),
    (
        "it strips white space: every byte counts",
        lambda s, g, e: bool(g) and g in (s.strip(), s.rstrip(), s.lstrip()),
    ),
    (
        "it decodes what it echoes: sockets carry bytes, not text",
        lambda s, g, e: altered(s, g, decoded(s, "utf-8"), decoded(s, "latin-1")),
    ),
    (
        "it stops at a NUL byte, as a C string would",
        lambda s, g, e: b"\0" in s and g == s.partition(b"\0")[0],
    ),
    (
        "something comes before the message: an echo adds nothing, and sends nothing twice",
        lambda s, g, e: (
            g[:1] != s[:1] and any(s.startswith(g[start:]) for start in range(1, min(len(g), SHORT)))
        ),
    ),
    (
        "it leaves out some of the bytes, and sends those after them",
        lambda s, g, e: len(s) > len(g) > (same := first_difference(s, g)) and s.endswith(g[same:]),
    ),
    (
        "it closes without an answer",
        lambda s, g, e: e is Ended.EOF and not g,
    ),
    (
        "it closes in the middle of the message",
        lambda s, g, e: e is Ended.EOF and s.startswith(g),
    ),
    (
        "it closes while bytes of its client are unread: the client sees a reset",
        lambda s, g, e: e is Ended.RESET,
    ),
    (
        ROUND_AND_ROUND,
        lambda s, g, e: e is Ended.SPINNING,
    ),
    (
        "it answers only some of the bytes, and waits for more",
        lambda s, g, e: e is Ended.STUCK and bool(g) and s.startswith(g),
    ),
    (
        "it waits for more before it sends back what has arrived",
        lambda s, g, e: e is Ended.STUCK and not g,
    ),
    (
        "the server is gone: no client may end the service for the next one",
        lambda s, g, e: e in (Ended.REFUSED, Ended.GONE),
    ),
)


def fault_of(sent: bytes, got: bytes, ended: Ended) -> str:
    """The fault of an echo of `sent` that came as `got`, and `ended` so; or ""."""
    return next((name for name, shows in FAULTS if shows(sent, got, ended)), "")


# The fault's name, and what the program says when it has it.
SAID = (
    ("a function is still to be written", "NotImplementedError"),
    ("it is no Python program yet", "SyntaxError"),
    ("it decodes bytes that are no text: sockets carry bytes", "UnicodeDecodeError"),
    ("it sends text: sockets carry bytes", "a bytes-like object is required, not 'str'"),
    (
        "it cannot bind its port while old connections linger: SO_REUSEADDR is missing",
        "Address already in use",
    ),
    ("the arguments are strings: the port goes through int()", "cannot be interpreted as an integer"),
    ("it wants other arguments than HOST and PORT", ": error: "),
    ('a client that has nothing to say is b"": there is no first byte', "IndexError: index out of range"),
    ("one client's broken connection ends the whole server", "ConnectionResetError"),
    ("one client's broken connection ends the whole server", "BrokenPipeError"),
    ("it runs out of descriptors: connections stay open", "Too many open files"),
    ("it runs out of memory", "MemoryError"),
)


def fault_in(printed: str) -> str:
    """The fault that the program's own last words name, or ""."""
    last = printed.strip().rpartition("\n")[2]
    return next((fault for fault, piece in SAID if piece in last), "")


def last_words(printed: str) -> str:
    """The exception that ended the program, as its traceback says: "KeyError: 'x'"; or ""."""
    if "Traceback (most recent call last):" not in printed and "SyntaxError" not in printed:
        return ""
    return printed.strip().rpartition("\n")[2].strip()[:LAST_WORDS]


def altered(ours: bytes, theirs: bytes, *forms: bytes) -> bool:
    """Whether `theirs` is the beginning of one of these forms, and not of `ours` itself."""
    return not ours.startswith(theirs) and any(form.startswith(theirs) for form in forms)


def decoded(data: bytes, encoding: str) -> bytes:
    """What becomes of bytes that are taken for text in `encoding`, and sent as UTF-8."""
    return data.decode(encoding, "replace").encode("utf-8")
