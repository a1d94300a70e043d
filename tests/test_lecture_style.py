"""The lectures read alike: each page keeps those rules of lectures/STYLE.md that a program can check.

A checker takes the text of a page and returns what is wrong with it, as a list.
"""

import re
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LECTURES = ROOT / "lectures"
LECTURE = runpy.run_path(str(ROOT / "scripts" / "lecture"))
PAGES = sorted(LECTURES.glob("lec*/README.md"))
LAST_SECTIONS = ["What we left out", "Exercises", "Read"]

Checker = Callable[[str], list[str]]


def slug(page: Path) -> str:
    return page.parent.name


def word_list() -> list[str]:
    """The second column of the table in STYLE.md, "Words"."""
    section = (LECTURES / "STYLE.md").read_text("utf-8").partition("\n## Words\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \|$", section, re.MULTILINE)[1:]
    return [word.strip() for row in rows for word in row.split(",")]


BANNED = word_list()


def prose(page: str) -> list[str]:
    """The lines in which sentences stand: no fenced block, table, heading, tag, picture or navigation line."""
    lines = re.sub(LECTURE["FENCE"], "", page).splitlines()
    return [
        line
        for line in lines
        if line and not line.startswith(("|", "#", "<", "![")) and "](../../README.md)" not in line
    ]


def bad_lines(page: str) -> list[str]:
    """Lines that hold two sentences, or a part of one."""
    spoken = [re.sub(r"^([-*]|\d\.) |`[^`]*`|\]\([^)]*\)", "X", line) for line in prose(page)]
    return [
        line for line in spoken if re.search(r"[.?!][\")]*\s+[\"(]*[A-Z]", line) or line[-1] not in '.?!:")'
    ]


def banned_words(page: str) -> list[str]:
    """Words that the word list of STYLE.md replaces by others."""
    text = re.sub(r"`[^`]*`|\]\([^)]*\)", "", "\n".join(prose(page)))
    return [word for word in BANNED if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def bold_again(page: str) -> list[str]:
    """Terms that are bold a second time, and bold text that is no term."""
    terms = re.findall(r"\*\*(.+?)\*\*", "\n".join(prose(page)))
    return [term for term in terms if terms.count(term) > 1 or not re.fullmatch(r"[A-Za-z -]+", term)]


def marks(page: str) -> list[str]:
    """Exclamation marks in prose, and symbols such as emoji anywhere."""
    text = re.sub(r"`[^`]*`", "", "\n".join(prose(page)))
    return [mark for mark in text if mark == "!"] + [mark for mark in page if ord(mark) > 0x2600]


def long_blocks(page: str) -> list[str]:
    """Blocks of code above 25 lines."""
    return [block.label for block in LECTURE["blocks"](page) if block.text.count("\n") > 25]


def misshapen(page: str) -> list[str]:
    """Departures from the fixed shape of a page."""
    lines = page.splitlines()
    opening = page.partition("\n## ")[0]
    diagrams = [block.label for block in LECTURE["blocks"](opening)]
    where_we_are = prose(opening.partition("```")[0])
    wrong = {
        "the first and the last line are one navigation line": lines[0] == lines[-1]
        and "](../../README.md)" in lines[0],
        "the title follows": re.match(r"# Lecture \d+: ", lines[2]),
        "at most four sentences say where we are": 1 <= len(where_we_are) <= 4,
        "one diagram goes with them": len(diagrams) == 1 and diagrams[0] in LECTURE["BY_HAND"],
        "the last sections are fixed": LECTURE["HEADING"].findall(page)[-3:] == LAST_SECTIONS,
    }
    return [rule for rule, kept in wrong.items() if not kept]


CHECKERS: dict[Checker, str] = {  # each with a page that it must refuse
    bad_lines: "It is so. It ends.\n",
    banned_words: "Then comes EOF.\n",
    bold_again: "A **stream** is a **stream**.\n",
    marks: "It works!\n",
    long_blocks: "```text diagram\n" + "x\n" * 26 + "```\n",
    misshapen: "# Lecture 1: Sockets\n\n## Read\n\nNothing.\n",
}


@pytest.mark.parametrize("page", PAGES, ids=slug)
@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_a_page_keeps_the_style(page: Path, checker: Checker) -> None:
    assert checker(page.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("checker", "bad_page"), CHECKERS.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_the_style_can_be_broken(checker: Checker, bad_page: str) -> None:
    assert checker(bad_page) != []


def test_the_style_note_keeps_its_own_rules() -> None:
    note = re.sub("^#.*", "", (LECTURES / "STYLE.md").read_text("utf-8"), flags=re.MULTILINE)
    assert bad_lines(note) + bold_again(note) + marks(note) == []


def test_every_sort_of_bad_line_is_seen() -> None:
    for line in (
        "It ends. It begins.",
        'He says "no." Then he goes.',
        "It has no end",
        "Is it? (Yes.) No.",
        "It is. `a()` is.",
    ):
        assert bad_lines(line + "\n") != [], line
    for line in (
        '"It is b""."',
        "- It calls `recv(). Then` so.",
        "See [RFC 9112, section 9.6](https://a.b/c. D).",
    ):
        assert bad_lines(line + "\n") == [], line
