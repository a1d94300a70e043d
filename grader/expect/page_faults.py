"""Faults of forms by name: how they show in the list items of a page. The first row that fits is the fault.

A new fault is a new row here and a new case in tests/test_pages.py.
"""

import re
from collections.abc import Callable, Iterable
from html import unescape
from urllib.parse import unquote_plus

Items = list[str]
FILE = re.compile(r"(.*), ([0-9]+) bytes?, sha256 ([0-9a-fA-F]{64})")
NAME_VALUE = re.compile(r"(.*?): ?(.*)", re.DOTALL)


def values(change: Callable[[str], str], lines: Iterable[str]) -> Items:
    """The items with this change to each value."""
    return [
        NAME_VALUE.sub(lambda pair: f"{pair[1]}: {change(pair[2])}", line, count=1).strip() for line in lines
    ]


def names(lines: Items) -> Items:
    """The name of each item."""
    return [line.partition(":")[0] for line in lines]


def one_of_each(lines: Items) -> Items:
    """Those of an item for each name: the last one."""
    return list(dict(zip(names(lines), lines, strict=True)).values())


def sizes(lines: Items) -> list[int]:
    """The size of each file that is shown."""
    return [int(found[2][:18]) for line in lines if (found := FILE.fullmatch(line))]


def other_sizes(wanted: Items, came: Items, fits: Callable[[int], bool]) -> bool:
    """Whether there are as many files as there should be, one of another size, and the difference fits."""
    ours, theirs = sizes(wanted), sizes(came)
    differences = [b - a for a, b in zip(ours, theirs, strict=False) if a != b]
    return len(ours) == len(theirs) and bool(differences) and all(map(fits, differences))


def digests(lines: Items) -> Items:
    """What is shown of files, without their sizes and digests."""
    return [found[1] if (found := FILE.fullmatch(line)) else line for line in lines]


# The fault's name, and how it shows in w, the items that are wanted, and c, those that came.
FAULTS: tuple[tuple[str, Callable[[Items, Items], bool]], ...] = (
    ("it does not read + as a space", lambda w, c: values(lambda v: v.replace(" ", "+"), w) == c),
    (
        "it decodes %2B before it reads + as a space: the + goes first",
        lambda w, c: w != c and values(lambda v: " ".join(v.replace("+", " ").split()), w) == c,
    ),
    (
        "it decodes once too often",
        lambda w, c: w != c and values(lambda v: " ".join(unquote_plus(v).split()), w) == c,
    ),
    ("it does not percent-decode", lambda w, c: [unquote_plus(line) for line in c] == w),
    (
        "it reads UTF-8 as Latin-1",
        lambda w, c: [" ".join(line.encode().decode("latin-1").split()) for line in w] == c,
    ),
    ("it escapes what was typed twice", lambda w, c: [unescape(line) for line in c] == w),
    (
        "it escapes < and not &, so that a typed &lt; becomes a <",
        lambda w, c: [unescape(line) for line in w] == c,
    ),
    (
        "it does not escape what was typed: tags in it are tags of the page",
        lambda w, c: any("<" in line for line in w) and [re.sub("<[^>]*>", "", line) for line in w] == c,
    ),
    ("it drops names that have an empty value", lambda w, c: [line for line in w if line[-1:] != ":"] == c),
    ("it shows a pair that is none: && and an empty text hold no pair", lambda w, c: without_empty(c) == w),
    ("of a name that comes several times it keeps only the last value", lambda w, c: one_of_each(w) == c),
    (
        "of a name that comes several times it keeps only the first value",
        lambda w, c: one_of_each(w[::-1])[::-1] == c,
    ),
    ("it shows them in another order than that in which they came", lambda w, c: sorted(w) == sorted(c)),
    (
        "a value ends at its first =: only the first = of a pair is the one behind the name",
        lambda w, c: values(lambda v: v.partition("=")[0], w) == c,
    ),
    (
        "the name of a file is cut: all that stands between the quotes is one value",
        lambda w, c: (
            bool(sizes(w))
            and len(w) == len(c)
            and all(a.startswith(b.rstrip()) for a, b in zip(digests(w), digests(c), strict=True))
            and [FILE.sub(r"\3", line) for line in w] == [FILE.sub(r"\3", line) for line in c]
        ),
    ),
    (
        "it takes a file for a text: a part with a filename is a file",
        lambda w, c: bool(sizes(w)) and len(w) == len(c) and not sizes(c) and "sha256" not in "".join(c),
    ),
    (
        "it cuts at ; too: only & stands between pairs",
        lambda w, c: any(";" in line for line in w) and not any(";" in line for line in c),
    ),
    (
        "it decodes before it cuts: a %26 in a value is not the & between pairs",
        lambda w, c: any("&" in line for line in w) and not any("&" in line for line in c),
    ),
    (
        "the line break before a boundary belongs to the boundary, not to the file",
        lambda w, c: other_sizes(w, c, lambda more: more in (1, 2)),
    ),
    (
        "the file lost bytes: a content is not stripped and not cut",
        lambda w, c: other_sizes(w, c, lambda more: more < 0),
    ),
    (
        "the file's bytes are changed: a content is not text, and is not decoded",
        lambda w, c: bool(sizes(w)) and w != c and digests(w) == digests(c),
    ),
    ("it keeps things from one request to the next", lambda w, c: len(c) > len(w) and c[-len(w) :] == w != []),
    ("it shows more than the form has: does the body end where its length says?", lambda w, c: c[: len(w)] == w != []),
    ("it takes an empty file for none", lambda w, c: sizes(w) == [0] and not c),
    ("it finds a form where there is none", lambda w, c: not w and bool(c)),
    ("it leaves something out", lambda w, c: bool(c) and len(c) < len(w) and set(c) < set(w)),
    ("it does not find the form in this request", lambda w, c: bool(w) and not c),
)  # fmt: skip


def without_empty(lines: Items) -> Items:
    """The items that have a name or a value."""
    return [line for line in lines if line != ":"]


def fault_of(wanted: Items, came: Items) -> str:
    """The fault that these items show, or ""."""
    return next((name for name, shows in FAULTS if shows(wanted, came)), "")
