"""The pages of similar submissions in a real browser: they open without a word, and two programs stand side by side."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("compare50", reason="`make extras` installs compare50")

from grader.cli import main
from tests.browser.test_report import EVIL, Visit, visiting
from tests.test_similar import function, write_class

STYLE = "() => getComputedStyle(document.querySelector('mark')).backgroundColor"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three programs that are copies, with something hostile in each."""
    place = tmp_path_factory.mktemp("similar")
    code = f"x = '''{EVIL}'''\n" + "".join(function(number, 8) for number in range(20))
    halves = code.replace("def f(b, c, d):", "def f(b, c, d, *e):", 9)
    people = {"ada": {"server.py": code}, "bob <b>": {"server.py": halves}, "cy": {"server.py": code}}
    out = place / "out"
    assert main(["similar", "hw03", str(write_class(place / "class", people)), "--out", str(out)]) == 0
    return out / "index.html"


@pytest.fixture(params=["light", "dark"])
def visit(chromium: Any, site: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with visiting(chromium, site, color_scheme=request.param) as visit:
        yield visit


def test_from_the_pairs_to_a_passage_and_to_its_other_side(visit: Visit) -> None:
    page = visit.page
    assert page.locator(".pairs tbody tr").count() == 3
    page.get_by_role("link", name="ada and bob <b>").click()
    page.wait_for_url("**/pairs/002.html")
    assert page.title() == "hw03 · ada and bob <b> · " + page.locator("header strong").inner_text()
    assert page.locator("script, img, b").count() == 0
    assert page.evaluate(STYLE) not in ("rgba(0, 0, 0, 0)", "")
    last = page.locator(".side >> nth=0 >> a.number >> nth=-1")
    number = last.inner_text()
    last.click()
    page.wait_for_url(f"**#r{number}")
    place, pane = page.locator(f"#r{number}").bounding_box(), page.locator(".side >> nth=1").bounding_box()
    assert pane["y"] <= place["y"] <= pane["y"] + pane["height"], "the other pane has not moved to it"


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (390, False)])
def test_programs_stand_side_by_side_or_one_below_the_other(visit: Visit, width: int, beside: bool) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".pairs a").first.click()
    page.wait_for_url("**/pairs/001.html")
    left, right = (page.locator(f".side >> nth={number}").bounding_box() for number in (0, 1))
    assert (left["x"] + left["width"] <= right["x"]) is beside
    assert (left["y"] + left["height"] <= right["y"]) is not beside
    assert page.evaluate("document.documentElement.scrollWidth") <= width
