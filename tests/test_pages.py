"""Expectations on pages: right ones agree, each fault is told by its name, and no page can break the judge."""

import time
from contextlib import suppress
from hashlib import sha256

import pytest
from webtest import TestApp, Upload

from grader.bridge.live import Browser
from grader.expect import Mismatch, pages
from grader.expect.page_faults import FAULTS, fault_of

FORM = (
    '<form id="a" method="POST" action="send"><input name="name"><textarea name="note"></textarea>'
    '<input type="file" name="file" multiple></form>'
)
TEXT = "text/html; charset=utf-8"


def served(body: str | bytes, content_type: str = TEXT, status: str = "200 OK", **fields: str) -> TestApp:
    """A site whose pages are all this one."""

    def app(_environ, start_response):  # type: ignore[no-untyped-def]
        start_response(status, [("Content-Type", content_type), *fields.items()])
        return [body.encode() if isinstance(body, str) else body]

    return Browser(app, lint=False)


def mismatch(call, *arguments, **options) -> Mismatch:  # type: ignore[no-untyped-def]
    with pytest.raises(Mismatch) as caught:
        call(*arguments, **options)
    return caught.value


def test_a_form_is_found_filled_in_and_sent() -> None:
    page = pages.visit(served(f"<html><body>{FORM}</body></html>"), "/")
    form = pages.form(page, "a", "name", "note", "file", method="post", action="/send")
    sent = pages.ok(pages.fill_in(form, name="Ada", note="hello", file=Upload("a.txt", b"x")))
    assert sent.request.method == "POST"
    assert sent.request.path == "/send"
    assert sent.request.params["name"] == "Ada"


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        (('id="a"', 'id="b"'), {}, "forms with other ids: b"),
        ((FORM, ""), {}, "none"),
        (('method="POST"', ""), {}, '"get"'),
        (('action="send"', 'action="/else"'), {}, '"/else"'),
        (("", ""), {"enctype": pages.MULTIPART}, '"application/x-www-form-urlencoded"'),
        (('name="note"', 'name="notes"'), {}, "none of them"),
        (('name="note"', 'name="name"'), {}, "2 of them"),
    ],
)
def test_what_is_wrong_with_a_form(change: tuple[str, str], options: dict[str, str], words: str) -> None:
    page = pages.visit(served(f"<html>{FORM.replace(*change, 1)}</html>"), "/")
    asked = {"method": "post", "action": "/send", **options}
    assert words in mismatch(pages.form, page, "a", "name", "note", **asked).got


@pytest.mark.parametrize(
    "site",
    [
        served("<p>", status="299 Odd"),
        served("<p>", "text/plain"),
        served("<p>", "text/html; charset=latin-1"),
        served("<p>", "text/html; charset=utf-8; charset=idna"),
        served(b"<p>\xe9"),
        served("<p>", **{"Content-Encoding": "gzip"}),
        served("<p>" * 1001),
        served("<form>" * 17),
        served(b" " * (pages.MOST_BYTES + 1)),
    ],
)
def test_a_page_that_is_none(site: TestApp) -> None:
    mismatch(pages.forms, pages.visit(site, "/"))


@pytest.mark.parametrize(
    "body",
    [
        "<p>" * 1000,
        "<form>" * 16 + "<input name=a>" * 980,
        "<b>" * 500 + "<form id=a>" * 15 + "<input name=a>" * 400,
        "<form id=a><input name=self self=1 form=x tag=y pos=z></form>",
        "<form id=a><input type=radio name=a><input name=a><input type=radio name=a></form>",
        "<form id=a><select name=a multiple><option></select><input type=radio name=a></form>",
        "<form id=a enctype='multipart/x; a=\xe9' method=''></form>",
        "<![CDATA[" * 900,
        "<!" * 900 + "x" * 60_000,
        "<a " + "a=" * 30_000,
        "<!--" + "-" * 60_000,
        "&" * 65_000,
    ],
)
def test_hostile_pages_are_pages_or_mismatches_and_cost_little(body: str) -> None:
    began = time.process_time()
    for use in (
        lambda: pages.form(pages.visit(served(body), "/"), "a", "a", method="get", action="/"),
        lambda: pages.shows(body.encode(), "x"),
    ):
        with suppress(Mismatch):
            use()
    assert time.process_time() - began < 10


def test_limits_of_a_page_just_under_and_just_over() -> None:
    pages.parsed(b"<p>" * 1000)
    mismatch(pages.parsed, b"<p>" * 1001)
    pages.parsed(b"<form>" * 16)
    mismatch(pages.parsed, b"<form>" * 17)
    pages.parsed(b" " * (1 << 16))
    mismatch(pages.parsed, b" " * ((1 << 16) + 1))


@pytest.mark.parametrize(
    ("body", "items"),
    [
        ("<ul><li>a: 1</li><li>b: 2</li></ul>", ["a: 1", "b: 2"]),
        ("<ul><li>a: 1<li>b: 2</ul>", ["a: 1", "b: 2"]),
        ("<OL>\n<LI>\n <b>a</b>:\n 1\n</LI></OL>", ["a: 1"]),
        ("<li>a: &lt;b&gt; &amp;amp;</li>", ["a: <b> &amp;"]),
        ("<li>a: <script>x</script></li><!-- <li>b</li> -->", ["a:"]),
        ("<p>nothing</p>", []),
    ],
)
def test_list_items_are_read_as_a_browser_shows_them(body: str, items: list[str]) -> None:
    assert pages.items(body.encode()) == items
    pages.shows(body.encode(), *items)
    assert mismatch(pages.shows, body.encode(), *items, "c: 3").expected


def test_what_is_shown_may_be_one_of_several() -> None:
    pages.shows_one_of(b"<li>b</li>", ["a"], ["b"])
    assert mismatch(pages.shows_one_of, b"<li>c</li>", ["a"], ["b"]).came is not None


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/process_form?name=Ada%20L.", "/process_form?name=Ada%20L."),
        ("process_form?name=A", "/process_form?name=A"),
        ("http://else:1/a?b#c", "/a?b"),
        ("?a", "/?a"),
    ],
)
def test_where_a_location_leads(location: str, target: str) -> None:
    assert pages.target(location) == target


@pytest.mark.parametrize(
    "location", ["", "/a b", "/\xe9", "/a\tb", "ftp://a/", "http://[", "javascript:x", "/<"]
)
def test_a_location_that_leads_nowhere(location: str) -> None:
    mismatch(pages.target, location)


@pytest.mark.parametrize("fields", [{"Location": "http://[\xff"}, {"Set-Cookie": "\xff=;;expires=x"}])
def test_strange_fields_do_no_harm(fields: dict[str, str]) -> None:
    pages.ok(pages.visit(served("<p>", **fields), "/"))


def line(content: bytes) -> str:
    return pages.file_line("f", "a.txt", content)


CASES = (
    (["note: a b+c"], ["note: a+b+c"], "it does not read + as a space"),
    (["note: 1+1"], ["note: 1 1"], "it decodes %2B before it reads + as a space: the + goes first"),
    (["note: %2B"], ["note: +"], "it decodes once too often"),
    (["note: a&b"], ["note: a%26b"], "it does not percent-decode"),
    (["name: Zoë"], ["name: ZoÃ«"], "it reads UTF-8 as Latin-1"),
    (["note: a&b"], ["note: a&amp;b"], "it escapes what was typed twice"),
    (["note: &lt;"], ["note: <"], "it escapes < and not &, so that a typed &lt; becomes a <"),
    (
        ["note: <b>x</b>"],
        ["note: x"],
        "it does not escape what was typed: tags in it are tags of the page",
    ),
    (["a:", "b: 1"], ["b: 1"], "it drops names that have an empty value"),
    (["a: 1"], [":", "a: 1"], "it shows a pair that is none: && and an empty text hold no pair"),
    (
        ["a: 1", "a: 2"],
        ["a: 2"],
        "of a name that comes several times it keeps only the last value",
    ),
    (
        ["a: 1", "a: 2"],
        ["a: 1"],
        "of a name that comes several times it keeps only the first value",
    ),
    (["b: 1", "a: 2"], ["a: 2", "b: 1"], "it shows them in another order than that in which they came"),
    (
        ["a: 1=2"],
        ["a: 1"],
        "a value ends at its first =: only the first = of a pair is the one behind the name",
    ),
    (
        [line(b"x")],
        [line(b"x").replace("a.txt", "a")],
        "the name of a file is cut: all that stands between the quotes is one value",
    ),
    ([line(b"x")], ["f: x"], "it takes a file for a text: a part with a filename is a file"),
    (["a: 1;b=2"], ["a: 1", "b: 2"], "it cuts at ; too: only & stands between pairs"),
    (
        ["a: 1&b=2"],
        ["a: 1", "b: 2"],
        "it decodes before it cuts: a %26 in a value is not the & between pairs",
    ),
    (
        [line(b"x")],
        [line(b"x\r\n")],
        "the line break before a boundary belongs to the boundary, not to the file",
    ),
    ([line(b"x\n")], [line(b"x")], "the file lost bytes: a content is not stripped and not cut"),
    (
        [line(b"\xe9")],
        [line(b"?")],
        "the file's bytes are changed: a content is not text, and is not decoded",
    ),
    (["b: 2"], ["a: 1", "b: 2"], "it keeps things from one request to the next"),
    (["a: 1"], ["a: 1", "b: 2"], "it shows more than the form has: does the body end where its length says?"),
    ([line(b"")], [], "it takes an empty file for none"),
    ([], ["a: 1"], "it finds a form where there is none"),
    (["a: 1", "b: 2"], ["a: 1"], "it leaves something out"),
    (["b: 2"], [], "it does not find the form in this request"),
)


@pytest.mark.parametrize(("wanted", "came", "fault"), CASES)
def test_a_fault_by_its_name(wanted: list[str], came: list[str], fault: str) -> None:
    assert fault_of(wanted, came) == fault
    body = "".join(f"<li>{text.replace('&', '&amp;').replace('<', '&lt;')}</li>" for text in came).encode()
    assert mismatch(pages.shows, body, *wanted).fault == fault


def test_every_fault_has_its_case_and_what_is_right_has_none() -> None:
    assert [name for name, _ in FAULTS] == [fault for _, _, fault in CASES]
    for wanted, _, _ in CASES:
        pages.shows(
            "".join(f"<li>{t.replace('&', '&amp;').replace('<', '&lt;')}</li>" for t in wanted).encode(),
            *wanted,
        )
    assert not fault_of(["a: 1"], ["b: something else"])


def test_a_file_is_told_by_name_size_and_digest() -> None:
    assert line(b"abc") == f"f: a.txt, 3 bytes, sha256 {sha256(b'abc').hexdigest()}"
