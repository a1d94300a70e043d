"""How soon the page of a class opens, sorts and filters in Chromium."""

from pathlib import Path
from typing import Any

from tests.browser.launch import launched, missing

VISITS = 3
SEEN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
# Each once: what it costs until the browser knows again where everything stands.
WORK = """
() => {
  const timed = (work) => {
    const start = performance.now();
    work();
    document.body.offsetHeight; // asks for the layout
    return performance.now() - start;
  };
  const heads = [...document.querySelectorAll("#heat thead button")];
  const find = document.getElementById("find");
  const look = (words) => () => { find.value = words; find.dispatchEvent(new Event("input")); };
  return {
    sort: Math.max(...heads.map((head) => timed(() => head.click()))),
    filter: Math.max(...["7", "grace", ""].map((words) => timed(look(words)))),
    rows: document.querySelectorAll("#heat tbody tr").length,
    cells: document.querySelectorAll("#heat tbody td").length,
  };
}
"""


def measured(page: Path) -> str:
    """A line about the page, or why there is none."""
    if why := missing():
        return f"the page in Chromium: not measured, {why}"
    with launched() as browser:
        visits = [visited(browser, page) for _ in range(VISITS)]
    open, sort, filter = (min(visit[what] for visit in visits) for what in ("open", "sort", "filter"))
    return (
        f"the page in Chromium, {visits[0]['rows']:,} rows, {visits[0]['cells']:,} cells, the best of {VISITS} visits: "
        f"open and painted in {open:.0f} ms, the slowest of all sorts {sort:.0f} ms, of three filters {filter:.0f} ms"
    )


def visited(browser: Any, page: Path) -> dict[str, float]:
    """Milliseconds, and how much there is."""
    context = browser.new_context(offline=True)
    tab = context.new_page()
    tab.goto(page.as_uri())
    opened = tab.evaluate(SEEN)
    found: dict[str, float] = {"open": opened, **tab.evaluate(WORK)}
    context.close()
    return found
