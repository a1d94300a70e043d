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

from grader.outcome import Report
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
LARGE = 2000


def write(folder: Path, reports: list[Report]) -> Path:
    """The site of a class in `folder`, as batch writes it. Returns the class page."""
    (folder / "reports").mkdir(parents=True)
    names = {one.submission: f"reports/{number}.html" for number, one in enumerate(reports)}
    for one in reports:
        (folder / names[one.submission]).write_text(student_page(one, home="../index.html"), "utf-8")
    page = folder / "index.html"
    page.write_text(class_page(reports, lambda one: names[one.submission]), "utf-8")
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
            "#heat tbody tr:not([hidden]) th", "cells => cells.map(cell => cell.textContent.slice(0, 3))"
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
    numbers = [float(one) if one != "-" else 0 for one in visit.column(1)]
    assert numbers != sorted(numbers)
    for direction, wanted in (("ascending", sorted(numbers)), ("descending", sorted(numbers, reverse=True))):
        score.click()
        assert [float(one) if one != "-" else 0 for one in visit.column(1)] == wanted
        assert visit.page.locator("[aria-sort]").evaluate_all(
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
    assert visit.page.is_visible("text=Hardest checks")
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
    assert visit.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


MEASURE = """
() => {
  const table = document.getElementById("heat");
  const plain = table.cloneNode(true);
  plain.id = "";
  plain.hidden = true;
  document.body.append(plain);
  const best = (before, work) => Math.min(...[1, 2, 3].map(() => {
    before();
    document.body.offsetHeight; // asks for the layout
    const start = performance.now();
    work();
    document.body.offsetHeight;
    return performance.now() - start;
  }));
  const button = [...document.querySelectorAll("#heat button")].find((one) => one.textContent === "score");
  return [
    best(() => {}, () => button.click()),
    best(() => { plain.hidden = true; }, () => { plain.hidden = false; }),
  ];
}
"""


def test_a_class_of_two_thousand_is_sorted_sooner_than_a_plain_table_is_drawn(
    chromium: Any, tmp_path: Path
) -> None:
    """A sort takes less time than a browser needs to lay out the same cells as an ordinary table."""
    many = [replace(CLASS[index % 9], submission=f"student{index:04}") for index in range(LARGE)]
    large = tmp_path / "index.html"
    large.write_text(class_page(many, lambda one: f"reports/{one.submission}.html"), "utf-8")
    visit = Visit(chromium)
    visit.page.goto(large.as_uri())
    assert len(visit.names()) == LARGE
    sort, drawn = visit.page.evaluate(MEASURE)
    print(f"{LARGE} rows: sorted in {sort:.0f} ms, a plain table is laid out in {drawn:.0f} ms")
    assert sort < drawn
    visit.context.close()
