"""What all pages share: how text becomes harmless, what a page may load (nothing), and what it looks like.

A page carries its style and its script inside, and a policy that names them by their hashes: a browser runs and
applies those two and nothing else, whatever a student has managed to write into the page.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from io import StringIO
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from rich.console import Console
from rich.text import Text

from grader.outcome import Report, printable
from grader.report import pen
from grader.report.classroom import correlation, rate
from grader.report.pen import Pen, grouped
from grader.report.tables import percent

TEMPLATES = Path(__file__).parent / "templates"
COLUMNS = 80  # of the pen that draws the bytes of a card
CODE = ("we sent", "we did", "it printed")  # the labels of a card beside which no sentence stands
LONGEST_NAME = 80  # characters, as in the terminal's tables
PIECES = 1000  # of a page that are put together before they are written
LONGEST = 6000  # characters of one piece of text: the pen has cut a student's before


def page(template: str, style: str, script: str = "", **content: object) -> str:
    """The page that `template` makes of `content`, with the style of that name and the script, if there is one."""
    return "".join(streamed(template, style, script, **content))


def streamed(template: str, style: str, script: str = "", **content: object) -> Iterator[str]:
    """The same in pieces, for a page that is not to be in memory as a whole."""
    looks = source("base.css") + source(style)
    acts = source(script) if script else ""
    found = environment().get_template(template)
    pieces = found.stream(policy=policy(looks, acts), style=looks, script=acts, **content)
    pieces.enable_buffering(PIECES)
    return pieces


@cache
def environment() -> Environment:
    """The templates. What they are given is escaped twice: as text for people, then as text in HTML."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        finalize=harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        parts=parts, by_kind=by_kind, percent=percent, grouped=grouped, correlation=correlation, rate=rate
    )
    return made


def harmless(value: object) -> object:
    """A value on its way into a page: what is text loses what could steer the page, and has an end."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return printable(cut(value, LONGEST))


def safe(text: str) -> Markup:
    """`text` as a page writes it, for what is put together without a template."""
    return escape(harmless(text))


def cut(text: str, longest: int) -> str:
    """`text`, or its beginning."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def named(report: Report) -> str:
    """The name of the submission, as long as a line may be."""
    return cut(report.submission, LONGEST_NAME)


@cache
def source(name: str) -> Markup:
    """A style or a script of ours, to stand in a page as it is."""
    # Ours, not a student's: nothing to escape.
    return Markup((TEMPLATES / name).read_text("utf-8"))


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page: this style and this script, and nothing else from anywhere."""
    scripts = f"; script-src {hashed(script)}" if script else ""
    return f"default-src 'none'; style-src {hashed(style)}{scripts}; base-uri 'none'; form-action 'none'"


def hashed(content: str) -> str:
    """The source expression that allows an element with exactly this content."""
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


class WebPen(Pen):
    """The pen for pages. It writes bytes as Python does, "\\r\\n": few fonts have the pictures of control bytes."""

    def text(self, content: str, style: str = "", longest: int = pen.LONGEST) -> Text:
        """As Pen.text, in all letters."""
        return Pen(self.console, self.width, ascii=False).text(content, style, longest)


@cache
def web_pen() -> Pen:
    """The pen for pages."""
    console = Console(file=StringIO(), width=COLUMNS, color_system=None, legacy_windows=False, _environ={})
    return WebPen(console, COLUMNS, ascii=True)


def parts(line: Text) -> Iterable[tuple[str, str]]:
    """A line that a pen has drawn: the pieces of its text, each with the names of its style ("bold red")."""
    for segment in line.render(web_pen().console, end=""):
        yield str(segment.style or "").replace("none", ""), segment.text


def by_kind(lines: Iterable[Text], label: str) -> Iterable[tuple[bool, list[Text]]]:
    """The lines beside a label in groups that look alike: sentences, and those whose columns count."""

    def is_code(line: Text) -> bool:
        return label in CODE or line.plain.startswith("  ")

    return ((code, list(group)) for code, group in groupby(lines, is_code))
