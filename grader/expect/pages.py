"""What is expected of pages: the forms on them, what is in their list items, and where a redirect leads.

page = browser(server).get("/")
filled = pages.form(page, "by_get", "name", "note", method="get", action="/process_form")
pages.shows(response.body, "name: Ada", "note: hello")

A page is a student's text. It is parsed only within bounds, within which no parser takes long.
"""

import hashlib
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, ParserRejectedMarkup
from webtest import Upload  # type: ignore[import-untyped]

from grader.expect.http import named
from grader.expect.mismatch import SHOWN, Mismatch, first_difference
from grader.expect.page_faults import fault_of
from grader.outcome import Excerpt
from grader.wire.http import Response

MOST_BYTES = 1 << 16  # of a page
MOST_TAGS = 1000  # on a page, in all
MOST_FORMS = 16
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
HTML = re.compile(r"text/html\s*;\s*charset=\"?utf-8\"?\s*", re.IGNORECASE)
IN_A_URL = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]")  # a character of a URI: RFC 3986, section 2
AS_IT_IS = "what was typed goes into the Location as it is"
BASE = "http://localhost/"
# What WebTest raises for forms that it cannot make sense of.
UNUSABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError)


def form(page: Any, id: str, *names: str, method: str, action: str, enctype: str = URLENCODED) -> Any:
    """The form of that id on `page`, a response of WebTest's, to be filled in: as a browser would send it.

    It has a control for each of `names`; it may have others.
    """
    found = forms(page)
    if id not in found:
        others = ", ".join(sorted(short(key) for key in found if isinstance(key, str)))
        raise lacking(
            page, f"a form with the id {id}", f"forms with other ids: {others}" if others else "none"
        )
    here = found[id]
    asked = {"method": method, "action": action, "enctype": enctype}
    given = {"method": here.method.lower(), "action": path_of(here.action), "enctype": here.enctype.lower()}
    for attribute, wanted in asked.items():
        if given[attribute] != wanted:
            raise lacking(
                page, f'the form {id} has {attribute}="{wanted}"', f'"{short(given[attribute])}"', id
            )
    for name in names:
        if len(here.fields.get(name, ())) != 1:
            count = len(here.fields.get(name, ())) or "none"
            raise lacking(page, f'one control with name="{name}" in the form {id}', f"{count} of them", id)
    return here


def visit(site: Any, target: str) -> Any:
    """WebTest's response to a GET, whatever it is."""
    try:
        return site.get(target)
    except UNUSABLE as error:
        raise unusable("WebTest") from error


def posted(site: requests.Session, url: str, **what: Any) -> bytes:
    """The body with which a POST by requests was answered: its status-code is 200."""
    try:
        response = site.post(url, allow_redirects=False, **what)
        body = response.content
    except (requests.RequestException, *UNUSABLE) as error:
        raise unusable("requests") from error
    if response.status_code != HTTPStatus.OK:
        raise Mismatch(
            expected="status 200 OK",
            got=f"status {named(response.status_code)}",
            came=Excerpt.of(body, 0, 2 * SHOWN) if body else None,
        )
    return body


def unusable(library: str) -> Mismatch:
    """The Mismatch for a response that is well-formed, and still none that a library can use."""
    return Mismatch(
        expected="a response that programs can use",
        got=f"one that {library} cannot: a field of it has a strange value",
    )


def forms(page: Any) -> Any:
    """The forms of a response of WebTest's, by id (and by number)."""
    ok(page)
    is_html(page.headers.get("Content-Type", ""))
    if "Content-Encoding" in page.headers:
        raise Mismatch(expected="a page as it is", got="one with a field Content-Encoding")
    parsed(page.body)
    try:
        return page.forms
    except UNUSABLE as error:
        raise lacking(page, "forms that a browser can fill in", "forms that WebTest cannot read") from error


def is_html(content_type: str) -> None:
    """This is the value of Content-Type for a page of HTML in UTF-8."""
    if not HTML.fullmatch(content_type):
        raise Mismatch(
            expected="Content-Type: text/html; charset=utf-8",
            got=f"Content-Type: {short(content_type)}" if content_type else "no Content-Type",
            fault=""
            if "charset" in content_type.lower()
            else "the page does not say in which encoding it is",
        )


def fill_in(here: Any, **values: Any) -> Any:
    """Fill in the form, and submit it. Returns WebTest's response to it, whatever that is."""
    try:
        for name, value in values.items():
            many = isinstance(value, Upload) and "multiple" in here[name].attrs
            here[name] = [value] if many else value
        return here.submit()
    except UNUSABLE as error:
        raise lacking(
            here.response, "a form that a browser can fill in", "one that WebTest cannot", here.id
        ) from error


def ok(page: Any, *statuses: int) -> Any:
    """The response of WebTest's has one of these status-codes (200, if none). Returns it."""
    if page.status_int in (statuses or (200,)):
        return page
    raise Mismatch(
        expected=f"status {' or '.join(map(named, statuses or (200,)))}",
        got=f"status {named(page.status_int)}",
        came=Excerpt.of(page.body, 0, 2 * SHOWN) if page.body else None,
    )


def lacking(page: Any, expected: str, got: str, id: str = "") -> Mismatch:
    """The Mismatch for something that is not on the page; it shows where the form `id` begins, or the first one."""
    place = page.body.find(id.encode()) if id else page.body.lower().find(b"<form")
    return Mismatch(expected=expected, got=got, came=Excerpt.of(page.body, max(place, 0), 4 * SHOWN))


def path_of(reference: str) -> str:
    """The path that a link on the page / leads to, without its query; where it is none, the text itself."""
    try:
        return urlsplit(urljoin(BASE, reference.strip())).path
    except ValueError:
        return reference


def shows(body: bytes, *wanted: str) -> None:
    """The list items of the page say exactly this, in this order. Runs of white space are alike."""
    shows_one_of(body, wanted)


def shows_one_of(body: bytes, *choices: Sequence[str]) -> None:
    """Likewise, one of these."""
    came = items(body)
    rights = [[plain(text) for text in wanted] for wanted in choices]
    if came in rights:
        return
    right = rights[0]
    theirs, ours = "\n".join(came).encode(), "\n".join(right).encode()
    offset = first_difference(ours, theirs)
    raise Mismatch(
        expected=f"{count(len(right))} on the page, with the text shown"
        if right
        else "no list item on the page",
        got=f"{count(len(came))}, with the text shown"
        if came
        else "no list item: there is no <li> on the page",
        wanted=Excerpt.of(ours, offset, 2 * SHOWN) if right else None,
        came=Excerpt.of(theirs, offset, 2 * SHOWN) if came else None,
        offset=offset if came and right else None,
        fault=fault_of(right, came),
    )


def file_line(name: str, filename: str, content: bytes) -> str:
    """What is shown of a file."""
    return f"{name}: {filename}, {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}"


def items(body: bytes) -> list[str]:
    """The text of each list item of a page, in order; one that is not closed ends where the next begins."""
    return [
        plain("".join(text for text in item.strings if text.find_parent("li") is item))
        for item in parsed(body).find_all("li")
    ]


def parsed(body: bytes) -> BeautifulSoup:
    """The page as a tree: it is UTF-8, and within bounds."""
    tags, many = body.count(b"<"), body.lower().count(b"<form")
    if len(body) > MOST_BYTES or tags > MOST_TAGS or many > MOST_FORMS:
        raise Mismatch(
            expected=f"a page of at most {MOST_BYTES} bytes, {MOST_TAGS} tags and {MOST_FORMS} forms",
            got=f"{len(body)} bytes, {tags} tags, {many} forms",
            came=Excerpt.of(body, 0, 2 * SHOWN),
        )
    try:
        return BeautifulSoup(body.decode("utf-8"), "html.parser")
    except UnicodeDecodeError as error:
        raise Mismatch(
            expected="a page in UTF-8",
            got=f"a byte at {error.start} that is none",
            came=Excerpt.of(body, error.start, SHOWN),
            offset=error.start,
        ) from error
    except (ParserRejectedMarkup, RecursionError) as error:
        raise Mismatch(
            expected="a page of HTML", got="one that cannot be parsed", came=Excerpt.of(body, 0, 2 * SHOWN)
        ) from error


def target(location: str) -> str:
    """The request-target that a browser at this server makes of a Location: "/process_form?name=Ada"."""
    wrong = next((index for index, one in enumerate(location) if not IN_A_URL.match(one)), None)
    if wrong is not None or not location:
        raise Mismatch(
            expected="a Location whose characters are those of a URL, all others percent-encoded (RFC 3986 §2.1)",
            got="another character in it" if location else "an empty one",
            came=Excerpt.of(location.encode("latin-1"), wrong or 0, SHOWN) if location else None,
            offset=wrong,
            fault=AS_IT_IS if location else "",
        )
    try:
        parts = urlsplit(urljoin(BASE, location))
    except ValueError:
        parts = urlsplit("")
    if parts.scheme != "http" or not parts.path.startswith("/"):
        raise Mismatch(
            expected="a Location that leads to a page of this server",
            got="one that leads to none",
            came=Excerpt.of(location.encode("latin-1"), 0, SHOWN),
        )
    return parts.path + (f"?{parts.query}" if parts.query else "")


def not_split(response: Response, name: str) -> None:
    """There is no field of that name, which the client has typed."""
    for line in response.lines(name):
        raise Mismatch(
            expected="a head with the fields of the server, and no other",
            got=f"a field {name}, which was typed into the form",
            came=Excerpt.of(response.raw, line.start, SHOWN),
            offset=line.start,
            fault=AS_IT_IS,
        )


def plain(text: str) -> str:
    """With one space for each run of white space, and none at the ends."""
    return " ".join(text.split())


def count(number: int) -> str:
    """For a sentence."""
    return f"{number} list item{'' if number == 1 else 's'}"


def short(text: str) -> str:
    """An attribute of a student's, for a sentence."""
    text = text.encode("unicode_escape").decode("ascii")
    return text if len(text) <= 40 else f"{text[:40]}…"
