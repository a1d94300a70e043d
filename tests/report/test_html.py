"""The web pages without a browser: well-formed, escaped, closed to everything, and with the terminal's words."""

import re
import subprocess
import sys
import tracemalloc
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from samples import BY_ID, CARDS, EVIL, REPORTS, failure, report, result

from grader.outcome import Event, Excerpt, Level, Member, Outcome, Report, Visibility
from grader.report import html
from grader.report.card import blocks
from grader.report.classroom import class_facts
from grader.report.html import student_page
from grader.report.html.sequence import FIRST, LAST, LEFT, RIGHT, TEXT, WAYS, sequence
from grader.report.html.site import web_pen
from grader.report.statistics import statistics
from grader.wire.transcript import Action

EMPTY = {"meta", "input", "br"}  # elements without an end
NAMED = {"svg": "img", "input": "", "div": "group"}  # what needs a name, where it has that role

ALL = [replace(one, submission=f"{number} {one.submission}") for number, one in enumerate(REPORTS.values())]
NAME = "<script>alert(1)</script>\x1b[31m\u202e" + "A" * (1 << 20)
HOSTILE = report(
    failure("hostile"),
    submission=NAME,
    sandbox=EVIL,
    notes=(EVIL, "<img src=x onerror=alert(1)>", "</style>"),
)


def address(submission: str) -> str:
    return f"reports/{submission[:40]}.html"


def class_page(reports: Collection[Report], address: Callable[[str], str]) -> str:
    """The whole page, which is made in pieces."""
    return "".join(html.class_page(reports, address))


PAGES = {
    **{name: student_page(one, home="../index.html") for name, one in REPORTS.items()},
    **{f"card {name}": student_page(report(failure(name))) for name in CARDS},
    "hostile student": student_page(HOSTILE),
    "class": class_page(ALL, address),
    "hostile class": class_page([*ALL, HOSTILE], address),
    "empty class": class_page([], address),
}


class Reader(HTMLParser):
    """Reads a page as a strict clerk would: every element is closed in its turn."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.within: Counter[str] = Counter()
        self.texts: list[tuple[str, str]] = []  # the element, and the text in it
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> says something twice"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def text_in(self, tag: str) -> list[str]:
        return [text for element, text in self.texts if element == tag]

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.elements if tag == "a"]

    def visible(self) -> str:
        return "".join(text for element, text in self.texts if element not in ("style", "script"))


@pytest.fixture(params=PAGES, ids=lambda name: name.replace(" ", "_"))
def page(request: pytest.FixtureRequest) -> str:
    return PAGES[request.param]


def test_it_is_well_formed(page: str) -> None:
    reader = Reader(page)
    assert page.startswith("<!DOCTYPE html>")
    assert Counter(reader.ids()).most_common(1)[0:1] == [] or max(Counter(reader.ids()).values()) == 1
    assert [attributes["lang"] for tag, attributes in reader.elements if tag == "html"] == ["en"]
    assert len(reader.text_in("title")) == 1


@pytest.mark.parametrize(
    "wrong",
    ["<p><b>x</p></b>", "<p>", '<p id="a" id="b">x</p>', "</p>"],
    ids=["crossed", "open", "twice", "end"],
)
def test_the_reader_is_strict(wrong: str) -> None:
    with pytest.raises((AssertionError, IndexError)):
        Reader(wrong)


def test_it_loads_nothing_and_runs_only_what_is_ours(page: str) -> None:
    reader = Reader(page)
    assert {tag for tag, _ in reader.elements}.isdisjoint(
        {"link", "img", "iframe", "object", "embed", "form", "base", "image", "use", "foreignobject", "video"}
    )
    for tag, attributes in reader.elements:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("style", "src", "xlink:href")
        ], tag
    for link in reader.links():
        assert re.match(r"(reports/|\.\./index\.html$|#)", link), link
    assert "url(" not in page
    assert "@import" not in page


def test_its_policy_allows_its_own_style_and_script_and_nothing_else(page: str) -> None:
    reader = Reader(page)
    [policy] = [a["content"] for _, a in reader.elements if a.get("http-equiv") == "Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    scripts = reader.text_in("script")
    assert directives.pop("style-src") == hashed(*reader.text_in("style"))
    assert ([directives.pop("script-src")] if scripts else []) == [hashed(script) for script in scripts]
    assert directives == dict.fromkeys(("default-src", "base-uri", "form-action"), "'none'")
    assert page.index("Content-Security-Policy") < page.index("<style>")


def hashed(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def test_everything_has_a_name(page: str) -> None:
    reader = Reader(page)
    labels = page.count("<label>")
    for tag, attributes in reader.elements:
        if attributes.get("role") in ("img", "group", "region", "search"):
            assert attributes.get("aria-label") or attributes.get("aria-labelledby") in reader.ids(), tag
        if tag == "svg":
            assert attributes["role"] == "img"
        if tag == "th":
            assert attributes["scope"] in ("row", "col")
    assert labels == sum(tag in ("input", "select") for tag, _ in reader.elements)
    assert not re.search(r"<(a|summary|h1|h2|title)[^>]*>\s*</", page)


def test_nothing_in_it_steers(page: str) -> None:
    assert not [character for character in page if not (character.isprintable() or character == "\n")]
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("<script>") == page.count("</script>") <= 1
    assert page.count("</style>") == 1
    assert max(map(len, Reader(page).visible().splitlines())) < 12_000
    assert len(page) < 100_000


def test_a_hostile_name_is_shown_as_it_is_written() -> None:
    for name in ("hostile student", "hostile class"):
        shown = Reader(PAGES[name]).visible()
        assert "<script>alert(1)</script>\\x1b[31m\\u202eAAAA" in shown
        assert "AAAA…" in shown
        assert "A" * 81 not in shown.replace("A" * 600, "")  # which is the card's, and cut by the pen


@pytest.mark.parametrize("name", CARDS)
def test_a_card_says_what_the_terminal_says_in_the_same_order(name: str) -> None:
    one = failure(name)
    reader = Reader(PAGES[f"card {name}"])
    said = re.sub(r"\s+", " ", reader.visible())
    place = 0
    for label, lines in blocks(one.card, one, web_pen()):
        for words in [label, *(line.plain for line in lines)] if lines else []:
            place = said.index(re.sub(r"\s+", " ", words).strip(), place)
    assert reader.text_in("h2").count(BY_ID[one.id].title) <= 1
    assert one.title in said


def test_the_commands_to_copy_are_whole() -> None:
    code = Reader(PAGES["card wrong_case"]).text_in("code")
    card = CARDS["wrong_case"][1]
    assert code == [card.again, card.by_hand, "make hint-hw01 K=short_message"]


def test_first_causes_come_first_and_what_waits_points_to_them() -> None:
    reader = Reader(PAGES["several_failed"])
    articles = [attributes["id"] for tag, attributes in reader.elements if tag == "article"]
    assert articles == ["short_message", "not_text", "next_client"]
    assert "2 checks wait for short_message: one_byte, large_message" in reader.visible()
    assert "#short_message" in reader.links()


def test_what_passed_is_folded_away() -> None:
    page = PAGES["several_failed"]
    assert '<details class="passed">' in page
    assert "1 check passes" in Reader(page).visible()
    assert " open" not in page[page.index("<body>") : page.index("<article")]


SECRET = (Event(1, "sends", Excerpt.of(b"the secret bytes")),)


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.FAIL])
@pytest.mark.parametrize("visibility", Visibility)
def test_a_check_that_is_kept_back_shows_its_title_alone(visibility: Visibility, outcome: Outcome) -> None:
    lesson = replace(CARDS["stuck"][1], sent=SECRET, got="the secret answer", again="make secret")
    kept = result(
        "one_byte",
        outcome,
        visibility=visibility,
        transcript=SECRET,
        card=lesson if outcome == "fail" else None,
    )
    page = student_page(report(kept))
    assert ("secret" in page) == (visibility is Visibility.VISIBLE)
    assert BY_ID["one_byte"].title in page


def test_every_action_has_its_way() -> None:
    assert set(WAYS) == {*Action, "…"}


def test_a_picture_tells_who_did_what_in_order() -> None:
    picture = sequence(CARDS["too_short"][1].sent, web_pen())
    assert picture
    assert [(row.kind, [text for text, _ in row.lines]) for row in picture.rows[-4:]] == [
        ("data", ["pq"]),
        ("end", ["ends its sending"]),
        ("data", ["abcdefgh"]),
        ("end", ["the end of the stream"]),
    ]
    assert "the client: pq; the client: ends its sending; your program: abcdefgh" in picture.spoken
    arrows = [row.arrow.split("H")[0].split()[0] for row in picture.rows[-3:]]
    assert arrows == [f"M{LEFT}", f"M{RIGHT}", f"M{RIGHT}"]
    heights = [height for row in picture.rows for _, height in row.lines]
    assert heights == sorted(set(heights))
    assert heights[-1] < picture.height


@pytest.mark.parametrize("name", CARDS)
def test_the_text_of_a_picture_stays_between_the_lanes(name: str) -> None:
    picture = sequence(failure(name).transcript, web_pen())
    assert picture
    for row in picture.rows:
        assert max(len(text) for text, _ in row.lines) <= TEXT
        assert LEFT < float(row.x) < RIGHT


def test_a_long_picture_keeps_both_ends() -> None:
    events = [Event(number, "connects") for number in range(1, 81)]
    picture = sequence(events, web_pen())
    assert picture
    assert len(picture.rows) == FIRST + LAST + 1
    assert [text for text, _ in picture.rows[FIRST].lines] == ["(and so on)"]
    assert picture.rows[-1].lines[0][0] == "client 80: connects"


def test_where_nobody_connected_there_is_no_picture() -> None:
    assert sequence([Event(0, "is started")], web_pen()) is None
    assert "<svg" not in student_page(report(result("listens", transcript=(Event(0, "is started"),))))


def test_the_class_page_leads_to_every_page_and_to_every_card() -> None:
    targets = {address(one.submission): set(Reader(student_page(one)).ids()) for one in ALL}
    followed = [unquote(link) for link in Reader(PAGES["class"]).links()]
    assert {link.partition("#")[0] for link in followed} == set(targets)
    for link in followed:
        file, _, card = link.partition("#")
        assert not card or card in targets[file]
    failures = sum(one.outcome is Outcome.FAIL for each in ALL for one in each.results)
    assert sum("#" in link for link in followed) == failures > 0


def test_odd_names_have_addresses() -> None:
    name = "javascript:alert(1)?a=b#c%20&amp;\"'é"
    page = class_page([replace(ALL[0], submission=name)], lambda name: f"reports/{name}.html")
    [link] = Reader(page).links()
    assert link.isascii()
    assert not set(link) & set("?#\"'& ")
    assert unquote(link) == f"reports/{name}.html"


def cells(page: str) -> Iterator[list[str]]:
    """The text of each row's cells."""
    for row in re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", page):
        yield [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]


def test_the_map_shows_how_every_check_ended() -> None:
    rows = {row[0]: row for row in cells(PAGES["class"])}
    assert rows["2 grace"][:4] == ["2 grace", "10", "graded", "0.4 s"]
    assert rows["2 grace"][4:10] == ["✓", "✗", "·", "·", "✗", "✗"]
    assert rows["5 barbara"][1:3] == ["-", "broken"]
    assert rows["5 barbara"][4:10] == ["✓", "✓", "✓", "?", "✗", "✓"]
    assert rows["8 edsger"][4:10] == ["✓", "✓", "!", "✓", "✓", "i"]
    assert rows["0 ada"][10] == "everything passes"


def test_the_class_page_agrees_with_the_summary() -> None:
    found = statistics(ALL)
    reader = Reader(PAGES["class"])
    said = " ".join(reader.visible().split())
    assert class_facts(found) in said
    assert "2 without the sandbox: their scores are unofficial" in said
    first, fault = found.stumbling[0], found.faults[0]
    assert reader.text_in("li")[0].strip() == first.title
    assert f"{first.title} {first.first} of 6" in said
    assert f"{round(100 * fault.share)} % {fault.name} 2 of 6" in said


def test_who_is_behind_a_fault_and_what_does_not_count() -> None:
    page = PAGES["class"]
    section = page[page.index("Most frequent faults") : page.index("Checks and submissions")]
    text = re.sub(r"<[^>]+>", "", section)
    assert re.search(r"it decodes what it echoes.*? 2 of 6\s+2 grace, 7 alan", text)
    assert "barbara" not in text  # broken: not graded
    assert "edsger" not in text  # its faults are warnings


def test_who_is_behind_a_fault_is_named() -> None:
    """An id of an LMS is nobody: beside it stands whose it is, as text."""
    people = (Member(id="3143", name="Ada <b>"), Member(id="3144"))
    page = class_page([replace(ALL[2], submission="17", members=people), ALL[7]], address)
    section = page[page.index("Most frequent faults") : page.index('id="figures"')]
    assert '>17</bdi></a> <bdi class="dim">Ada &lt;b&gt;; 3144</bdi>, <a' in section
    assert section.count('<bdi class="dim">') == section.count(">17</bdi>")


def test_many_students_behind_a_fault_are_folded() -> None:
    class_of = lambda number: [replace(ALL[2], submission=f"s{one}") for one in range(number)]  # noqa: E731
    assert "<details open>" in class_page(class_of(12), address)
    assert "<details open>" not in class_page(class_of(13), address)
    assert "<details>" in class_page(class_of(13), address)


def test_the_distribution() -> None:
    found = Reader(PAGES["class"]).elements
    [scores] = [attributes["aria-label"] for _, attributes in found if attributes.get("class") == "scores"]
    numbers = dict(part.strip().split(": ") for part in scores.partition(": ")[2].split(","))
    graded = [one.score for one in ALL if one.status == "graded"]
    wanted = Counter(
        "100" if score == 100 else "0–9" if score < 10 else f"{score // 10}0–{score // 10}9"
        for score in graded
    )
    assert {label: int(number) for label, number in numbers.items() if number != "0"} == dict(wanted)
    assert len(numbers) == 11


def test_a_level_that_costs_nothing_is_nobodys_first_failure() -> None:
    easy = [report(failure("stuck", level=Level.SHOULD, points=0))]
    assert "Nobody fails a check that costs points." in class_page(easy, address)


class OneByOne:
    """Reports as the gradebook gives them: again and again, one at a time, by no number."""

    def __iter__(self) -> Iterator[Report]:
        return iter(tuple(ALL))

    def __len__(self) -> int:
        return len(ALL)

    def __contains__(self, one: object) -> bool:
        return one in ALL


def test_reports_are_gone_through_one_at_a_time() -> None:
    assert class_page(OneByOne(), address) == PAGES["class"]


def test_a_student_costs_the_class_page_little() -> None:
    def size(number: int) -> int:
        many = [replace(ALL[index % 9], submission=f"student{index:04}") for index in range(number)]
        return len(class_page(many, address).encode())

    assert size(400) - size(200) < 200 * 1500


def test_a_page_is_made_piece_by_piece() -> None:
    """A class of any size fits into memory, if not its page: a student costs the one less than half of the other."""

    def cost(number: int) -> tuple[int, int]:
        many = [replace(ALL[index % 9], submission=f"student{index:04}") for index in range(number)]
        tracemalloc.start()
        size = sum(map(len, html.class_page(many, address)))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return size, peak

    cost(500)  # what is made only once is there
    (small, before), (large, after) = cost(500), cost(1500)
    assert 2 * (after - before) < large - small


def test_rows_come_in_hundreds() -> None:
    def bodies(number: int) -> list[int]:
        page = class_page([replace(ALL[0], submission=f"s{one}") for one in range(number)], address)
        parts = page[page.index('id="heat"') :].split("<tbody>")[1:]
        return [part.partition("</tbody>")[0].count("<tr>") for part in parts]

    assert [bodies(number) for number in (1, 100, 101, 250)] == [[1], [100], [100, 1], [100, 100, 50]]


def test_the_checks_in_numbers() -> None:
    page = PAGES["class"]
    table = page[page.index('id="figures"') : page.index('id="heat"')]
    rows = [[" ".join(cell.split()) for cell in row] for row in cells(table)]
    found = statistics(ALL)
    assert [row[0] for row in rows] == [check.id for check in found.ranked]
    assert rows[0] == ["one_byte", "1", "3", "2", "25 %", "-", "2", "", BY_ID["one_byte"].title]
    assert 'aria-label="1 pass, 3 fail, 2 blocked"' in table
    remarked = class_page([replace(ALL[0], submission=f"s{one}") for one in range(10)], address)
    assert remarked.count('<td class="remark">nobody fails it</td>') == len(found.checks)


def test_jinja_is_loaded_only_for_pages() -> None:
    code = "import sys, grader.report.terminal, grader.report.text, grader.judge; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
