"""What the gradebook of a folder comes to: a mark per student, for an export."""

from collections.abc import Iterable
from pathlib import Path

from grader.gradebook import gradebook_in
from grader.gradebook.course import Course
from grader.gradebook.glance import undated, waiting
from grader.gradebook.policy import Raw, scores
from grader.gradebook.reports import gradebooks, raw_results
from grader.outcome import Refusal
from grader.report.exports.marks import Mark

AMBIGUOUS = "late days may have been spent in either, so move the one that does not count to another place"


def marks_of(out: Path, rules: Course) -> tuple[list[Mark], list[str]]:
    """The score of everybody at the step of the folder, by the course's policy; and remarks, sentences.

    Raises Refusal where nothing has been graded.
    """
    must_be_graded(out)
    own = {result.student: result for result in raw_results(out)}
    if not own:
        raise Refusal(f"There is no result in {out}.")
    step = next(iter(own.values())).step
    found = {student: {step: result} for student, result in own.items()}
    set_by_hand = {row.student for row in rules.override if row.step == step}
    for student in set_by_hand:
        found.setdefault(student, {})
    for result in elsewhere(out, step, rules):
        if result.student in found:
            found[result.student][result.step] = result
    steps = {name for results in found.values() for name in results}
    marks = []
    for student, results in sorted(found.items()):
        score = scores(results, student, steps, rules)[step]
        name, submission = (own[student].name, own[student].submission) if student in own else ("", "")
        share = None if score.points is None else score.share
        marks.append(Mark(student=student, name=name, submission=submission, share=share, why=score.kind))
    remarks = [f"{remark}." for remark in (*undated(list(own.values()), rules), *waiting({step: out}))]
    return marks, remarks


def elsewhere(out: Path, step: str, rules: Course) -> Iterable[Raw]:
    """The results at other steps, in folders beside this one, if late days may have been spent there."""
    if not rules.late.late_days:
        return []
    books = gradebooks([out.resolve().parent], AMBIGUOUS, besides=step)
    return [result for other in books.values() for result in raw_results(other)]


def must_be_graded(out: Path) -> None:
    """Raises Refusal where there is no gradebook."""
    if not gradebook_in(out):
        raise Refusal(f"There is no gradebook in {out}: `python -m grader grade` makes one.")
