"""GitHub Actions: a summary of the job in Markdown, annotations at the student's lines, and the workflow."""

import re
from collections.abc import Iterator
from pathlib import Path

from grader.outcome import Outcome, Report, Result, Status, Visibility, printable
from grader.report.exports.shown import costs, not_graded, told
from grader.report.exports.shown import in_short as short
from grader.report.screens import score
from grader.steps import Step

WORKFLOW = Path(__file__).with_name("workflow.yml")
LINE = re.compile(r"(?P<file>[^:]+\.py):(?P<line>\d+) ")  # "server.py:12  data = conn.recv(4096)"
MARKS = {Outcome.PASS: "✅", Outcome.FAIL: "❌", Outcome.BLOCKED: "⏳", Outcome.BROKEN: "❓"}
MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~@:$])")


def summary(report: Report) -> str:
    """What goes into GITHUB_STEP_SUMMARY: the score, a table of the checks, and the cards of what failed."""
    lines = [f"## {plain(report.step)}: {plain(score(report))}", ""]
    if why := not_graded(report):
        lines += [plain(why), ""]
    lines += ["| | check | points |", "|---|---|---:|"]
    lines += [f"| {mark(result)} | {plain(result.title)} | {points(result)} |" for result in report.results]
    for result in report.results:
        if result.outcome is Outcome.FAIL:
            lines += ["", f"### {plain(result.title)}", "", *fenced(told(result, report.step))]
    lines += ["", *(f"* {plain(note)}" for note in report.notes)]
    return "\n".join(lines).rstrip() + "\n"


def annotations(report: Report) -> Iterator[str]:
    """Commands of a workflow, one a line, to be printed: an error for each check that cost points, a warning else."""
    if why := not_graded(report):
        yield f"::error title={value(report.step, 'property')}::{value(why)}"
    for result in report.results:
        if result.outcome is Outcome.FAIL:
            kind = "error" if costs(result) else "warning"
            place = "".join(f"{key}={value(found, 'property')}," for key, found in where(result).items())
            yield f"::{kind} {place}title={value(result.title, 'property')}::{value(short(result))}"
    judged = report.status is not Status.BROKEN
    yield f"::notice title=Score::{value(score(report))}" if judged else "::notice title=Score::no score"


def workflow(step: Step, course: str) -> str:
    """The workflow of a classroom repository, for .github/workflows; `course` is the OWNER/NAME of this course's."""
    return WORKFLOW.read_text("utf-8").replace("@STEP@", step.short).replace("@COURSE@", course)


def where(result: Result) -> dict[str, str]:
    """The file and the line at which the program stood, innermost, where that may be told."""
    if result.visibility is not Visibility.VISIBLE or not result.card:
        return {}
    found = [match.groupdict() for line in result.card.where if (match := LINE.match(line))]
    return found[-1] if found else {}


def mark(result: Result) -> str:
    """How a check ended, as a picture. What costs nothing is no failure."""
    return "⚠️" if result.outcome is Outcome.FAIL and not costs(result) else MARKS[result.outcome]


def points(result: Result) -> str:
    """20/20; a check without points has none to show."""
    return f"{result.earned}/{result.points}" if result.points else ""


def plain(text: str) -> str:
    """`text` in one line of Markdown, literally."""
    return MARKUP.sub(r"\\\1", printable(text).replace("\n", " ").replace("\t", " "))


def fenced(text: str) -> list[str]:
    """`text` as a block of code, behind a fence that is longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", text.rstrip("\n"), fence]


def value(text: str, kind: str = "") -> str:
    """`text` in a workflow command: what would end it is written as GitHub's toolkit writes it."""
    text = printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if kind == "property" else text
