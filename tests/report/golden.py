"""What the golden files hold: a name, and what draws the screen."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from samples import CARDS, REPORTS, TABLE, failure

from grader.checks.hints import Hint
from grader.outcome import Result
from grader.report.card import card
from grader.report.classroom import statistics_listing
from grader.report.hints import hint_listing, hint_screen
from grader.report.pen import Pen
from grader.report.statistics import statistics
from grader.report.tables import Listing, check_listing, promise_listing, step_listing
from grader.report.text import class_text, drawn, report_text
from grader.steps import Limits, Step

GOLDEN = Path(__file__).parent / "golden"
STEP = Step(
    slug="hw01_echo",
    title="Echo: every byte back",
    files=("server.py",),
    run="python3 server.py HOST PORT",
    lecture="lec01_sockets",
    limits=Limits(),
)
PROMISES = [
    SimpleNamespace(name="no way out", holds=True, detail="the network has nobody else in it", remedy=""),
    SimpleNamespace(
        name="bubblewrap", holds=False, detail="bwrap is not installed", remedy="run: apt install bubblewrap"
    ),
]

ASKED = replace(TABLE[2], read="lecture 1, Receiving")
ASKS = Hint(
    STEP, ASKED, 1, 3, "This client sends an x and no newline. What is your server still waiting for?"
)
TELLS = Hint(STEP, ASKED, 3, 3, "Take the bytes from recv() itself, and send back whatever it returns.")


def card_text(result: Result, width: int = 80) -> str:
    """One card, as an 80-column terminal shows it."""
    return drawn(Listing(lambda pen: card(result, STEP.slug, pen)), width)


def listing(draw: object, width: int = 100) -> str:
    """One list."""
    return drawn(Listing(draw), width)


def draw_checks(pen: Pen) -> object:
    return check_listing(STEP, TABLE, pen)


DRAWN = {
    **{f"card_{name}": (lambda name=name: card_text(failure(name))) for name in CARDS},
    **{f"report_{name}": (lambda name=name: report_text(REPORTS[name])) for name in REPORTS},
    "class": lambda: class_text(list(REPORTS.values())),
    "statistics": lambda: listing(
        lambda pen: statistics_listing(statistics(2 * list(REPORTS.values())), pen), 80
    ),
    "steps": lambda: listing(lambda pen: step_listing([STEP], pen)),
    "checks": lambda: listing(draw_checks),
    "hint_first": lambda: listing(lambda pen: hint_screen(ASKS, False, pen), 80),
    "hint_last": lambda: listing(lambda pen: hint_screen(TELLS, True, pen), 80),
    "hints": lambda: listing(lambda pen: hint_listing(STEP, TABLE, True, pen)),
    "promises": lambda: listing(lambda pen: promise_listing(PROMISES, pen)),
}
