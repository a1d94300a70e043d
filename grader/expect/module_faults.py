"""Faults of a module by name: how they show in what a call of it raised or returned. The first row that fits counts.

A new fault is a new row here and a new case in tests/test_modules.py.
"""

import re
from collections.abc import Callable

MEMORY = "it remembers something from one call to the next: alone, this one is right"

# The fault's name, and how it shows in r, the names of the exception's class and its bases, m, its message,
# g, how the value looks that was given, and w, how the wanted one looks. Where there is no such thing it is empty.
FAULTS: tuple[tuple[str, Callable[[tuple[str, ...], str, str, str], bool]], ...] = (
    ("a function is still to be written", lambda r, m, g, w: "NotImplementedError" in r),
    ("it is no Python program yet", lambda r, m, g, w: "SyntaxError" in r),
    (
        "a name is missing, or spelt in another way: those of the starter stay",
        lambda r, m, g, w: bool({"ImportError", "AttributeError"} & set(r)),
    ),
    (
        "it decodes bytes that are not UTF-8: what comes from outside may be anything",
        lambda r, m, g, w: "UnicodeDecodeError" in r,
    ),
    (
        "it hands something to int() that is no number",
        lambda r, m, g, w: "ValueError" in r and "int()" in m,
    ),
    (
        "it takes for granted how many parts there are",
        lambda r, m, g, w: "ValueError" in r and "unpack" in m,
    ),
    ("it mixes text and bytes", lambda r, m, g, w: "TypeError" in r and "bytes" in m),
    ("it takes for granted that a key is there", lambda r, m, g, w: "KeyError" in r),
    ("it takes for granted that there is a first, or a next", lambda r, m, g, w: "IndexError" in r),
    (
        "it gives text where bytes are wanted",
        lambda r, m, g, w: text(g) == text(w) and g.count("b'") < w.count("b'"),
    ),
    (
        "it gives bytes where text is wanted",
        lambda r, m, g, w: text(g) == text(w) and g.count("b'") > w.count("b'"),
    ),
    ("it returns nothing: is a return missing?", lambda r, m, g, w: g == "None" and w not in ("", "None")),
)  # fmt: skip


def fault_of(raised: tuple[str, ...], message: str, got: str, wanted: str) -> str:
    """The fault that this shows, or ""."""
    return next((name for name, shows in FAULTS if shows(raised, message, got, wanted)), "")


def text(looks: str) -> str:
    """The looks of a value with text in the place of bytes."""
    return re.sub(r"\bb'", "'", looks)
