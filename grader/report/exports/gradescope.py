"""Gradescope: results.json, which an autograder leaves for one submission.

Every test is visible, and what is told of it is what the terminal tells: a hidden check shows its title. Gradescope's
own "hidden" would take the total away from the student as well.
"""

import msgspec

from grader.outcome import Level, Outcome, Refusal, Report, Result, Status, printable
from grader.report.card import FAILED
from grader.report.exports.shown import costs, not_graded, told

UNFINISHED = (
    "The autograder has not finished, so this is no verdict. Hand in once more. "
    "If it says so again, tell whoever gives the course."
)


def results(report: Report) -> bytes:
    """The report as results.json. Raises Refusal for one that is BROKEN: there is no score to be told."""
    if report.status is Status.BROKEN:
        raise Refusal("The grader itself failed at this submission, so there is no score: judge it again.")
    opening = "\n".join(filter(None, (not_graded(report), *map(printable, report.notes))))
    document = {
        "score": report.score,
        "execution_time": report.seconds,
        "output": opening,
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [test(result, number, report.step) for number, result in enumerate(report.results, 1)],
        "extra_data": {"step": report.step, "status": report.status, "seed": report.seed},
    }
    return encoded(document)


def test(result: Result, number: int, step: str) -> dict[str, object]:
    """One check. One whose rule is no MUST has no points: Gradescope shows such a test as information."""
    passed = not costs(result) and result.outcome is not Outcome.BLOCKED
    title = result.title if result.level is Level.MUST else f"{result.title} ({FAILED[result.level][2]})"
    points = {"score": result.earned, "max_score": result.points} if result.points else {}
    return {
        **points,
        "status": "passed" if passed else "failed",
        "name": title,
        "number": str(number),
        "output": told(result, step),
        "visibility": "visible",
    }


def pessimistic() -> bytes:
    """What stands in results.json until there is a report: no points, so that ending the autograder earns none."""
    return encoded({"score": 0, "output": UNFINISHED, "output_format": "text", "stdout_visibility": "hidden"})


def encoded(document: dict[str, object]) -> bytes:
    """JSON in UTF-8, indented."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
