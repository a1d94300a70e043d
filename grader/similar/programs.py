"""A submission as texts that can be compared: only its programs, within bounds, their letters made harmless."""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_FILES = 20  # of a submission: those of the step come first
MOST_CHARACTERS = 200_000  # of all of them together: a homework has 20 000
WIDE = {  # the mark of UTF-32 comes first: one begins like one of UTF-16
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

BLANK_LINES = re.compile(r"(?<!\s)\s{200,}\n")  # to the end of the last line that is blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What one submission is compared by."""

    who: str  # for people
    source: str = ""  # the export that it is from, if that is not the class at hand: "last year"
    texts: Mapping[str, str]  # by path inside the submission; every line ends with "\\n"
    cut: bool = False  # there was more of it than is compared


def program(who: str, files: Mapping[str, bytes], first: Sequence[str], source: str = "") -> Program:
    """The Python programs among `files`, those called as in `first` before the others, as far as the bounds let."""
    paths = [path for path in files if path.casefold().endswith(".py")]
    paths.sort(key=lambda path: (path not in first, path))
    texts: dict[str, str] = {}
    left = MOST_CHARACTERS
    for path in paths[:MOST_FILES]:
        text = text_of(files[path])
        texts[path] = text[:left]
        left -= len(text)
        if left <= 0:
            break
    cut = left < 0 or len(texts) < len(paths)
    return Program(who=who, source=source, texts=texts, cut=cut)


def text_of(data: bytes) -> str:
    """A program as text, whatever it was saved as: as UTF-8 if it is that. Its lines end with "\\n"."""
    wide = next((name for mark, name in WIDE.items() if data.startswith(mark)), "")
    try:
        text = data.decode(wide or "utf-8-sig", "replace" if wide else "strict")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(text: str) -> str:
    """`text` in ASCII, character by character: an "x" for every other letter, so that all places stay what they are.

    What reads it back needs no encoding then, and sees no newline where there is none. Where lines and lines are blank
    there are number signs, and so one comment: Pygments takes the square of the time for blanks.
    """
    found = "".join(letter if letter == "\n" or " " <= letter <= "~" else other(letter) for letter in text)
    return BLANK_LINES.sub(lambda blank: "#" * (len(blank[0]) - 1) + "\n", found)


def other(letter: str) -> str:
    """What stands for a letter that is not ASCII, or that steers."""
    return " " if letter.isspace() else "x"
