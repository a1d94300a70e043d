"""The web pages in a real browser, Chromium: sorting, filtering, hostile content, and that they are readable.

`make browser` installs Playwright and Chromium where they are missing, and runs this. Without them these tests are
skipped. Nothing here looks at a clock, save to compare two durations with each other.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader.outcome import Member, Report
from grader.report.html import class_page, student_page
from tests.report.samples import REPORTS, failure, report

EVIL = "<script>document.title = 'evil'</script><img src='http://evil.test/x.png'>\x1b[31m\u202e\u2028"
CLASS = [
    *(
        replace(one, submission=f"s{number}", seconds=number / 4)
        for number, one in enumerate(REPORTS.values())
    ),
    replace(report(failure("hostile")), submission=EVIL + "A" * (1 << 20), seconds=9.0),
    replace(report(), submission="s10", seconds=10.0),
]
PEOPLE = {"s1": ("Lovelace, Ada",), "s2": ("Grace Hopper", "Zoë", f"mallory {EVIL}"), "s3": ("Ken",) * 200}
CLASS = [
    replace(
        one,
        members=tuple(
            Member(id=f"{one.submission}-{n}", name=name) for n, name in enumerate(PEOPLE[one.submission])
        ),
    )
    if one.submission in PEOPLE
    else one
    for one in CLASS
]
LARGE = 2000


def write(folder: Path, reports: list[Report]) -> Path:
    """The site of a class in `folder`, as batch writes it. Returns the class page."""
    (folder / "reports").mkdir(parents=True)
    names = {one.submission: f"reports/{number}.html" for number, one in enumerate(reports)}
    for one in reports:
        (folder / names[one.submission]).write_text(student_page(one, home="../index.html"), "utf-8")
    page = folder / "index.html"
    page.write_text("".join(class_page(reports, names.__getitem__)), "utf-8")
    return page


def page_of(reports: list[Report], folder: Path) -> Path:
    """The page of a class alone, each of which has a name of its own."""
    many = (replace(one, submission=f"student{number:04}") for number, one in enumerate(reports))
    page = folder / "index.html"
    page.write_text("".join(class_page(list(many), lambda name: f"reports/{name}.html")), "utf-8")
    return page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("small"), CLASS)


class Visit:
    """A page in a browser that has no network, and what it asked for and complained of."""

    def __init__(self, chromium: Any, **options: Any) -> None:
        self.context = chromium.new_context(offline=True, **options)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.failed: list[tuple[str, str]] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: self.failed.append((request.url, request.failure)))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))

    def names(self) -> list[str]:
        return self.page.eval_on_selector_all(
            "#heat tbody tr:not([hidden]) th",
            "cells => cells.map(cell => cell.firstChild.textContent.slice(0, 3))",
        )

    def column(self, number: int) -> list[str]:
        return self.page.eval_on_selector_all(
            "#heat tbody tr", f"rows => rows.map(row => row.cells[{number}].innerText)"
        )


@contextmanager
def visiting(chromium: Any, site: Path, **options: Any) -> Iterator[Visit]:
    """A visit during which no page complains, and none asks for anything but files."""
    visit = Visit(chromium, **options)
    visit.page.goto(site.as_uri())
    yield visit
    assert visit.said == []
    assert {address for address in visit.asked if not address.startswith("file:")} == set()
    visit.context.close()


@pytest.fixture
def visit(chromium: Any, site: Path) -> Iterator[Visit]:
    with visiting(chromium, site) as visit:
        yield visit


def test_a_click_sorts_and_another_turns_it_round(visit: Visit) -> None:
    score = visit.page.get_by_role("button", name="score")
    numbers = [float(one) for one in visit.column(1) if one != "-"]
    assert numbers != sorted(numbers)
    for direction, wanted in (("ascending", sorted(numbers)), ("descending", sorted(numbers, reverse=True))):
        score.click()
        *scores, none = visit.column(1)
        assert [float(one) for one in scores] == wanted
        assert none == "-"  # who has no score is last in both
        assert visit.page.locator("#heat [aria-sort]").evaluate_all(
            "all => all.map(one => [one.innerText, one.ariaSort])"
        ) == [["score", direction]]


def test_time_is_sorted_as_a_number_and_a_name_with_its_numbers(visit: Visit) -> None:
    visit.page.get_by_role("button", name="time").click()
    times = [float(one.removesuffix(" s")) for one in visit.column(3)]
    assert times == sorted(times)
    assert times[-2:] == [9.0, 10.0]
    visit.page.get_by_role("button", name="submission").click()
    assert visit.names() == ["<sc", *(f"s{number}" for number in (*range(9), 10))]


def test_the_keyboard_sorts_by_a_check_the_failures_first(visit: Visit) -> None:
    visit.page.get_by_role("button", name="short_message").focus()
    visit.page.keyboard.press("Enter")
    marks = "".join(visit.column(5))
    assert re.fullmatch("✗+·+✓+", marks)
    visit.page.keyboard.press("Space")
    assert re.fullmatch("✓+·+✗+", "".join(visit.column(5)))


def figures(visit: Visit, column: int) -> list[str]:
    """A column of the table of checks."""
    return visit.page.eval_on_selector_all(
        "#figures tbody tr", f"rows => rows.map(row => row.cells[{column}].innerText.trim())"
    )


def test_the_checks_are_sorted_apart_from_the_map(visit: Visit) -> None:
    before = visit.names()
    rates = [int(one.removesuffix("%")) for one in figures(visit, 4)]
    assert rates == sorted(rates) != sorted(rates, reverse=True)
    first = visit.page.get_by_role("button", name="first", exact=True)
    first.focus()
    visit.page.keyboard.press("Enter")
    assert figures(visit, 6) == sorted(figures(visit, 6), key=int)
    visit.page.keyboard.press("Space")
    assert figures(visit, 6) == sorted(figures(visit, 6), key=int, reverse=True)
    visit.page.get_by_role("button", name="check", exact=True).click()
    assert figures(visit, 0) == sorted(figures(visit, 0))
    assert visit.page.locator("#figures [aria-sort]").inner_text() == "check"
    assert visit.names() == before
    visit.page.keyboard.press("ArrowRight")
    assert visit.page.evaluate("document.activeElement.textContent") == "pass"


def test_where_there_is_no_number_a_row_is_last(chromium: Any, tmp_path: Path) -> None:
    visit = Visit(chromium)
    visit.page.goto(page_of(3 * list(REPORTS.values()), tmp_path).as_uri())
    numbers = sorted((one for one in figures(visit, 5) if one != "-"), key=float)
    assert len(set(numbers)) > 1
    for wanted in (numbers, numbers[::-1]):
        visit.page.get_by_role("button", name="discrimination").click()
        assert figures(visit, 5) == [*wanted, *["-"] * (len(figures(visit, 5)) - len(wanted))]
    visit.context.close()


def test_a_group_is_found_by_any_of_its_members(visit: Visit) -> None:
    """Their names stand in its row, and are seen there."""
    page = visit.page
    for wanted, found in (("hopper", "s2"), ("ZOË", "s2"), ("mallory", "s2"), ("lovelace, a", "s1")):
        page.fill("#find", wanted)
        assert visit.names() == [found], wanted
    page.fill("#find", "zoë")
    name = page.get_by_text("Zoë", exact=True)
    row, cell = name.locator("xpath=ancestor::th").bounding_box(), name.bounding_box()
    assert row["y"] <= cell["y"] and cell["y"] + cell["height"] <= row["y"] + row["height"]
    page.fill("#find", "ken")
    assert page.locator("#heat tbody tr:not([hidden]) th").bounding_box()["height"] < 100


def test_the_page_of_a_group_names_its_members(visit: Visit) -> None:
    visit.page.fill("#find", "hopper")
    visit.page.locator("#heat tbody tr:not([hidden]) th a").click()
    shown = visit.page.locator(".people").inner_text()
    assert shown.startswith("Grace Hopper (s2-0); Zoë (s2-1); mallory <script>")
    assert visit.page.title() != "evil"


def test_tab_reaches_the_first_heading_from_the_filters_and_arrows_move_in_the_map(visit: Visit) -> None:
    def focused() -> str:
        return str(
            visit.page.evaluate("document.activeElement.textContent || document.activeElement.className")
        )

    visit.page.focus("#failing")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "frame"
    visit.page.keyboard.press("Tab")
    assert focused() == "submission"
    for key, wanted in (
        ("ArrowDown", "s0"),
        ("ArrowDown", "s1"),
        ("ArrowRight", "✗"),
        ("ArrowUp", "one_byte"),
    ):
        visit.page.keyboard.press(key)
        assert focused() == wanted
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/reports/1.html#one_byte")


def test_filters_narrow_down_together(visit: Visit) -> None:
    page = visit.page
    everybody = len(CLASS)
    assert page.inner_text("#shown") == f"{everybody} of {everybody} shown"
    page.select_option("#status", "not gradable")
    assert visit.names() == ["s3", "s4"]
    page.fill("#find", "SERVER.py is MISSING")
    assert visit.names() == ["s4"]
    assert page.inner_text("#shown") == f"1 of {everybody} shown"
    page.fill("#find", "")
    page.select_option("#status", "")
    page.select_option("#failing", label="large_message")
    wanted = [
        one.submission[:3]
        for one in CLASS
        if {r.id: r.outcome for r in one.results}["large_message"] != "pass"
    ]
    assert visit.names() == wanted
    page.fill("#find", "nobody at all")
    assert visit.names() == []


def test_hostile_content_is_only_text(visit: Visit) -> None:
    page = visit.page
    title = page.title()
    assert "<script>document.title = 'evil'</script>" in page.inner_text("#heat")
    page.get_by_role("link", name="document.title").first.click()
    page.wait_for_url("**/reports/9.html")
    assert "\\u202eevil\\u202c" in page.inner_text("main")
    assert "evil" not in title
    assert page.title() != "evil"
    assert page.locator("script, img").count() == 0


def test_the_policy_stops_what_would_get_through(chromium: Any, site: Path, tmp_path: Path) -> None:
    """What if the escaping had a hole: a page with a script, a style and a picture of somebody else's."""
    holed = tmp_path / "holed.html"
    foreign = (
        "<script>document.title = 'evil'</script><style>body { display: none }</style>"
        "<img src='http://evil.test/x.png' onerror=\"document.title = 'evil'\"><p style='display: none' id='p'>x</p>"
    )
    text = site.read_text("utf-8")
    holed.write_text(text.replace("<main>", f"<main>{foreign}"), "utf-8")
    visit = Visit(chromium)
    visit.page.goto(holed.as_uri())
    assert visit.page.title() != "evil"
    assert visit.page.is_visible("#p")
    assert visit.failed == [("http://evil.test/x.png", "csp")]  # not for want of a network
    assert len(visit.said) >= 4  # and each is reported
    open_page = tmp_path / "open.html"
    open_page.write_text(holed.read_text("utf-8").replace("Content-Security-Policy", "x"), "utf-8")
    visit.page.goto(open_page.as_uri())
    assert visit.page.title() == "evil"  # so this test can fail
    visit.context.close()


def test_without_script_everything_is_there_but_the_filters(chromium: Any, site: Path) -> None:
    visit = Visit(chromium, java_script_enabled=False)
    visit.page.goto(site.as_uri())
    assert visit.page.locator("#heat tbody tr").count() == len(CLASS)
    assert not visit.page.is_visible("#find")
    assert visit.page.is_visible("text=First failed checks")
    assert visit.page.is_visible("#figures >> text=large_message")
    visit.page.click("#heat >> text=s2")
    visit.page.wait_for_url("**/reports/2.html")
    passed = visit.page.locator("details.passed")
    assert not passed.locator("svg, p").first.is_visible()
    passed.locator("summary").first.click()
    assert passed.locator("details, p").first.is_visible()
    visit.context.close()


PAGES = ("index.html", *(f"reports/{number}.html" for number in (1, 2, 5, 9)))


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_page_is_wider_than_the_window(chromium: Any, site: Path, width: int) -> None:
    visit = Visit(chromium, viewport={"width": width, "height": 740})
    for name in PAGES:
        visit.page.goto((site.parent / name).as_uri())
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, name
    visit.context.close()


CONTRAST = """
() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number).map(channel);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return colour !== "rgba(0, 0, 0, 0)" || !element.parentElement ? colour : ground(element.parentElement);
  };
  const worst = {};
  for (const element of document.querySelectorAll("body *")) {
    const svg = element.closest("svg");
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || element.tagName === "SCRIPT" || !element.checkVisibility()) continue;
    const colour = getComputedStyle(element)[svg ? "fill" : "color"];
    const [high, low] = [light(colour), light(ground(svg || element))].sort((one, other) => other - one);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) worst[element.tagName + "." + element.getAttribute("class") + " " + element.textContent] = ratio;
  }
  return worst;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_in_both_schemes(chromium: Any, site: Path, scheme: str) -> None:
    visit = Visit(chromium, color_scheme=scheme)
    grounds = set()
    for name in PAGES:
        visit.page.goto((site.parent / name).as_uri())
        assert visit.page.evaluate(CONTRAST) == {}, name
        grounds.add(visit.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == {"rgb(255, 255, 255)" if scheme == "light" else "rgb(13, 17, 23)"}
    visit.context.close()


def test_on_paper_the_whole_map_is_there_and_no_filter(visit: Visit) -> None:
    visit.page.emulate_media(media="print", color_scheme="dark")
    look = "name => getComputedStyle(document.querySelector(name))"
    assert not visit.page.is_visible("#find")
    assert visit.page.evaluate(f"({look})('.frame').overflowX") == "visible"
    assert visit.page.evaluate(f"({look})('body').backgroundColor") == "rgb(255, 255, 255)"
    visit.page.set_viewport_size({"width": 1030, "height": 740})  # A4 across, between its margins
    for name in (".frame.fit", "#heat"):
        assert visit.page.evaluate(f"document.querySelector('{name}').scrollWidth") <= 1030
    assert visit.page.evaluate(f"({look})('.frame.fit').maxHeight") == "none"
    assert visit.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


MEASURE = """
() => {
  const table = document.getElementById("heat");
  const plain = table.cloneNode(true);
  plain.id = "";
  plain.hidden = true;
  document.body.append(plain);
  const times = (before, work) => [1, 2, 3].map(() => {
    before();
    document.body.offsetHeight; // asks for the layout
    const start = performance.now();
    work();
    document.body.offsetHeight;
    return performance.now() - start;
  });
  const button = [...document.querySelectorAll("#heat button")].find((one) => one.textContent === "score");
  return [
    Math.max(...times(() => {}, () => button.click())), // the first is the cheapest
    Math.min(...times(() => { plain.hidden = true; }, () => { plain.hidden = false; })),
  ];
}
"""


def test_a_class_of_two_thousand_is_sorted_sooner_than_a_plain_table_is_drawn(
    chromium: Any, tmp_path: Path
) -> None:
    """A sort takes less time than a browser needs to lay out the same cells as an ordinary table."""
    visit = Visit(chromium)
    visit.page.goto(page_of([CLASS[index % 9] for index in range(LARGE)], tmp_path).as_uri())
    assert len(visit.names()) == LARGE
    sort, drawn = visit.page.evaluate(MEASURE)
    print(f"{LARGE} rows: sorted in {sort:.0f} ms, a plain table is laid out in {drawn:.0f} ms")
    assert sort < drawn
    visit.context.close()


def test_in_a_large_class_a_filter_leaves_no_empty_room(chromium: Any, tmp_path: Path) -> None:
    visit = Visit(chromium)
    visit.page.goto(page_of([CLASS[index % 9] for index in range(LARGE)], tmp_path).as_uri())
    height = "document.querySelector('#map ~ .frame').scrollHeight - document.querySelector('#heat thead').offsetHeight"
    rows = visit.page.evaluate(height)
    visit.page.fill("#find", "student1999")
    assert visit.names() == ["stu"]
    visit.page.get_by_role("button", name="score", exact=True).click()  # it joins the others' hundred
    assert visit.page.is_visible("#heat >> text=student1999")
    assert visit.page.evaluate(height) < 100
    visit.page.fill("#find", "")
    assert len(visit.names()) == LARGE
    assert 0.9 * rows < visit.page.evaluate(height) < 1.1 * rows
    visit.context.close()
