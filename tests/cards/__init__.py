"""The lesson cards of a step's faulty submissions, as an 80-column terminal shows them: tests/cards/STEP.txt.

They are there to be read as a student reads them: `make golden` rewrites them after a change of wording, and the
diff shows what became of every card. They come by check, in the order of the table, then by name.

All that varies is left out by rule. A card that is named in races.toml has its reason in its place. Of a program
that computes without pause the innermost line is not told, of what was sent without reading not how much. Of what
the program printed, the port that the kernel gave to a client is PORT, an address in memory 0xADDRESS, and a
traceback is without what Python adds to it, release by release: the lines of its own library, and the marks under
a line. It is always 6 November 1994.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from grader.checks import table
from grader.outcome import Card, Report, Result
from grader.report.card import card
from grader.report.tables import Listing
from grader.report.text import drawn
from grader.steps import Step

HERE = Path(__file__).parent
COLUMNS = 80
# What varies in the output of a program, and what stands for it.
VARIES = (
    (re.compile(r"(?<=\('127\.0\.0\.1', )[3-6]\d{4}(?=\))"), "PORT"),  # servers of a check have lower ports
    (re.compile(r"(?<=127\.0\.0\.1:)[3-6]\d{4}\b"), "PORT"),
    (re.compile(r"\b0x[0-9a-f]{8,}\b"), "0xADDRESS"),
    (re.compile(r'^  File ".*/lib/python3.*"(.*)\n(    .*\n)*', re.MULTILINE), ""),
    (re.compile(r"^ +[~^]+\n", re.MULTILINE), ""),
    (re.compile(r"\[\d\d/\w{3}/\d{4} \d\d:\d\d:\d\d"), "[06/Nov/1994 08:49:37"),
)
# A Date field in what came, cut at its beginning or at its end: as long as it was, so that the caret below stays in
# its place.
DATE = "Sun, 06 Nov 1994 08:49:37"
NOW = re.compile(r"(?:\w{1,3}, )?\d\d \w{3} \d{4} \d\d:\d\d:\d\d|(?<=Date: )(?P<cut>\w{3},[\w :]*)(?= …)")


def golden(step: Step) -> Path:
    """The file that holds the cards of `step`."""
    return HERE / f"{step.slug}.txt"


def races(step: Step) -> dict[str, str]:
    """The cards that differ from run to run, by heading, and why they do."""
    table = tomllib.loads((HERE / "races.toml").read_text("utf-8"))
    return {heading: reason for reason, headings in table.get(step.slug, {}).items() for heading in headings}


def cards(step: Step, reports: Mapping[str, Report]) -> Iterator[tuple[str, str]]:
    """Heading and drawing of every card in those `reports`, by specimen, that are of faulty submissions."""
    faulty = {id.rpartition("/")[2]: report for id, report in reports.items() if id.startswith("faulty/")}
    for check in table(step):
        for name, report in sorted(faulty.items()):
            result = next(result for result in report.results if result.id == check.id)
            if result.card is not None:
                yield f"{check.id} · {name}", draw(result, result.card, step)


def draw(result: Result, lesson: Card, step: Step) -> str:
    """The card of `result`, without what varies."""
    told = replace(at_a_glance(lesson), printed=steady(lesson.printed), got=steady(lesson.got))
    kept = replace(result, card=told)
    return dated(drawn(Listing(lambda pen: card(kept, step.slug, pen)), COLUMNS))


def at_a_glance(lesson: Card) -> Card:
    """The card without what depends on the moment: where a loop was stopped, how much the kernel took."""
    if lesson.diagnosis == "it computes without pause":
        lesson = replace(lesson, where=(*lesson.where[:-1], "(one of the lines of its loop)"))
    full = [event for event in lesson.sent if event.note == "reading nothing" and event.excerpt]
    if full:
        sent = [
            replace(event, excerpt=replace(event.excerpt, total=1 << 20)) if event in full else event
            for event in lesson.sent
        ]
        lesson = replace(lesson, sent=tuple(sent), by_hand="")
    return lesson


def steady(printed: str) -> str:
    """What a program printed, without what varies."""
    for pattern, replacement in VARIES:
        printed = pattern.sub(replacement, printed)
    return printed


def dated(drawing: str) -> str:
    """The drawing, with the date of RFC 9110's examples in every Date field."""
    return NOW.sub(lambda found: DATE[: len(found[0])] if found["cut"] else DATE[-len(found[0]) :], drawing)


def page(step: Step, reports: Mapping[str, Report]) -> str:
    """What the file of `step` holds."""
    told = {heading: f"     (differs: {reason})\n" for heading, reason in races(step).items()}
    return "\n".join(
        f"{heading}\n\n{told.get(heading, drawing)}" for heading, drawing in cards(step, reports)
    )
