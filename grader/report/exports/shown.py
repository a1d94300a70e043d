"""What a student is shown of one check, as the terminal shows it: a check that is kept back tells only its title."""

from functools import partial

from grader.outcome import Level, Outcome, Report, Result, Status, Visibility, printable
from grader.report.card import card
from grader.report.screens import SORRY
from grader.report.tables import Listing
from grader.report.text import drawn

WIDTH = 90  # columns


def told(result: Result, step: str) -> str:
    """How the check ended, in plain text: the lesson card, or a sentence; nothing for one that passed."""
    if result.outcome is Outcome.FAIL:
        return drawn(Listing(partial(card, result, step)), WIDTH)
    if result.outcome is Outcome.BLOCKED:
        return f"It waits for {result.blocked_by}." if result.blocked_by else "It could not be tried."
    return SORRY if result.outcome is Outcome.BROKEN else ""


def in_short(result: Result) -> str:
    """What a failed check says in a line: the fault by name where it may be told, or else the title."""
    if result.visibility is Visibility.VISIBLE and result.card:
        return printable(result.card.fault or result.card.got)
    return result.title


def costs(result: Result) -> bool:
    """Whether the check failed, and its rule is a MUST: nothing else costs points."""
    return result.outcome is Outcome.FAIL and result.level is Level.MUST


def not_graded(report: Report) -> str:
    """Why there is no verdict, in a sentence; empty where there is one."""
    if report.status is Status.GRADED:
        return ""
    return printable(f"{report.status.capitalize()}: {report.reason}.")
