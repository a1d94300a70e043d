"""How an editor saved a program's text, explained to who handed it in.

Python skips a byte order mark and takes CRLF for a newline. It cannot read UTF-16: what is saved so is refused here,
because Python's own words for it are a riddle, and version 3.11 even runs such a script as if it were empty.
Everything else is for Python to judge: here it is only remarked upon.
"""

import codecs
import re
from collections.abc import Callable, Mapping, Sequence

# How files begin that Python cannot read. The marks of UTF-32 come first: one begins like one of UTF-16.
WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
DECLARATION = re.compile(rb"^[ \t\f]*#.*?coding[:=]", re.MULTILINE)  # PEP 263: in the first two lines


def unreadable(files: Mapping[str, bytes], required: Sequence[str]) -> str:
    """Why Python cannot read one of the `required` programs, or ""."""
    saved = ((path, saved_as(files[path])) for path in required if path.endswith(".py"))
    return next(
        (
            f"{path} is saved as {how}, which Python cannot read: save it as UTF-8"
            for path, how in saved
            if how
        ),
        "",
    )


def saved_as(program: bytes) -> str:
    """The encoding of `program`, if it is one that Python cannot read; else ""."""
    for mark, name in WIDE:
        if program.startswith(mark):
            return name
    # Without a mark: of ASCII text in UTF-16, every other byte is zero.
    return "UTF-16" if program and 3 * program.count(0) >= len(program) else ""


def notes(files: Mapping[str, bytes]) -> list[str]:
    """What there is to say about how the programs were saved, and about their names."""
    programs = {path: content for path, content in files.items() if path.endswith(".py")}
    fitting = (([path for path, text in programs.items() if fits(text)], told) for fits, told in REMARKS)
    return [f"{listed(paths)}: {told}" for paths, told in fitting if paths] + alike(files)


def marked(program: bytes) -> bool:
    """Whether it begins with the byte order mark of UTF-8."""
    return program.startswith(codecs.BOM_UTF8)


def has_crlf(program: bytes) -> bool:
    """Whether a line of it ends with CRLF."""
    return b"\r\n" in program


def has_zero(program: bytes) -> bool:
    """Whether it holds a byte that is zero, though it is no UTF-16."""
    return 0 in program and not saved_as(program)


def is_undeclared(program: bytes) -> bool:
    """Whether it is in another encoding than UTF-8 and does not say in which."""
    try:
        program.decode("utf-8")
    except UnicodeDecodeError:
        return not saved_as(program) and not DECLARATION.search(b"\n".join(program.splitlines()[:2]))
    return False


REMARKS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (
        marked,
        "begins with a byte order mark (EF BB BF). Python skips it; a server that sends the file does not",
    ),
    (
        has_crlf,
        "lines end with CRLF. Python reads them as newlines: a CRLF that you send must be written \\r\\n",
    ),
    (has_zero, "holds a byte that is zero. Python 3.12 and later refuse such a file"),
    (
        is_undeclared,
        "is not UTF-8, and no line at the top says what it is. Python may refuse it: save it as UTF-8",
    ),
    (
        lambda text: bool(saved_as(text)),
        "is saved as UTF-16 or UTF-32, which Python cannot import: save it as UTF-8",
    ),
)


def alike(files: Mapping[str, bytes]) -> list[str]:
    """A remark for each name that differs from another only in its letters' case."""
    seen: dict[str, str] = {}
    return [
        f"{first} and {path} differ only in case: on Windows and macOS one replaces the other"
        for path in files
        if (first := seen.setdefault(path.casefold(), path)) != path
    ]


def listed(paths: Sequence[str], most: int = 3) -> str:
    """The first few names, and how many more there are."""
    more = len(paths) - most
    return ", ".join(paths[:most]) + (f" and {more} more" if more > 0 else "")
