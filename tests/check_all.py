"""`make check-all`: is every step whole? Its starter fails with sentences, its solution has every point, and the
solution of the step before fails only what is new.

What a starter and an older solution pass nevertheless is said in tests/replay.toml, a line for each step.
"""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.engine import Local
from grader.intake import read_folder
from grader.outcome import Outcome, Report, Result, Status, Submission
from grader.plugin.judging import Job
from grader.report.pen import counted
from grader.steps import ROOT, Step, all_steps

TABLE = ROOT / "tests" / "replay.toml"
STARTER, SOLUTION = "the starter", "the solution"
FRAME = re.compile(r'File "(.+?", line \d+)')
# What may stand there besides: Python's own library, and a command of one line, which the card shows.
NOT_OURS = re.compile(r'<frozen |.*/lib/python3|<string>", line 1$')


@dataclass(frozen=True, slots=True)
class Row:
    """A line of tests/replay.toml: the checks that are passed without the work of the step."""

    starter: tuple[str, ...]
    before: tuple[str, ...] | None = None  # None: no step before hands in the same program

    def line(self, slug: str) -> str:
        """The line itself."""
        cells = {"starter": self.starter} | ({} if self.before is None else {"before": self.before})
        lists = (f"{key} = [{', '.join(map(quoted, ids))}]" for key, ids in cells.items())
        return f"{slug} = {{ {', '.join(lists)} }}"


def quoted(id: str) -> str:
    return f'"{id}"'


def rows() -> dict[str, Row]:
    """The table, by slug."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    return {slug: Row(**{key: tuple(ids) for key, ids in cells.items()}) for slug, cells in table.items()}


def before(step: Step, steps: Sequence[Step]) -> Step | None:
    """The last step before `step` that hands in the same program, if there is one."""
    return next(
        (old for old in reversed(steps) if old.number < step.number and old.files[0] == step.files[0]), None
    )


def submissions(step: Step, old: Step | None) -> Iterator[Submission]:
    """What is judged by the checks of `step`: the starter, its solution, the solution before."""
    starter = replace(read_folder(step.folder, step), name=STARTER)
    yield starter
    yield replace(read_folder(ROOT / "solutions" / step.slug, step), name=SOLUTION)
    if old is not None:
        solved = read_folder(ROOT / "solutions" / old.slug, old)
        yield replace(solved, name=old.slug, files={**starter.files, **solved.files})


def judged(step: Step, old: Step | None) -> dict[str, Report]:
    """The reports, by the submission's name, in this order."""
    jobs = [Job(submission=handed, step=step, seed=1, kind="box") for handed in submissions(step, old)]
    with Local(step, len(jobs)) as engine:
        reports = {report.submission: report for report in engine.run(jobs)}
    return {job.submission.name: reports[job.submission.name] for job in jobs}


def problems(step: Step, row: Row | None, reports: Mapping[str, Report]) -> Iterator[str]:
    """What is wrong with the step, a sentence each. `reports` as judged() makes them."""
    found = Row(*(passed(report) for name, report in reports.items() if name != SOLUTION))
    for name, report in reports.items():
        yield from (f"{name}: {trouble}" for trouble in troubles(report, step))
    solution = reports[SOLUTION]
    lost = [result.id for result in solution.results if result.outcome is not Outcome.PASS]
    if lost or solution.score != 100:
        yield f"{SOLUTION} has {solution.score} points, without {', '.join(lost) or 'a check lost'}"
    if row is None:
        yield f"tests/replay.toml has no line for it. If what passes is right, it is:\n{found.line(step.slug)}"
    elif row != found:
        yield f"tests/replay.toml says otherwise. If what passes now is right, its line is:\n{found.line(step.slug)}"
    yield from (
        f"{name} has every point: nothing is new"
        for name, report in reports.items()
        if name != SOLUTION and report.score == report.max_score
    )


def passed(report: Report) -> tuple[str, ...]:
    """The checks that passed, in order."""
    return tuple(result.id for result in report.results if result.outcome is Outcome.PASS)


def troubles(report: Report, step: Step) -> Iterator[str]:
    """What is wrong with a report, whatever its score: it is ours, or a failed check has no words."""
    if report.status is Status.BROKEN:
        yield f"the grader failed: {report.reason}"
    if report.status is Status.NOT_GRADABLE and not report.reason:
        yield "it is not gradable, without a reason"
    if not any(result.outcome is not Outcome.BLOCKED for result in report.results):
        yield f"it was not judged: {report.reason}"
        return
    for result in report.results:
        yield from (f"{result.id} {trouble}" for trouble in wordless(result, step))


def wordless(result: Result, step: Step) -> Iterator[str]:
    """What is wrong with the words of one result: a student must learn what failed, and see only lines of their own."""
    card = result.card
    if result.outcome is Outcome.BROKEN:
        yield f"is broken: {result.trouble.strip().rpartition(chr(10))[2]}"
    if result.outcome is Outcome.BLOCKED and not result.blocked_by:
        yield "is blocked, and no check is named that blocks it"
    if result.outcome is not Outcome.FAIL:
        return
    if card is None or not (card.checked and card.expected and card.got and card.read):
        yield "fails without words"
        return
    frames = [frame for frame in FRAME.findall(card.printed) if not NOT_OURS.match(frame)]
    files = [frame.partition('"')[0] for frame in frames] + [line.partition(":")[0] for line in card.where]
    for file in dict.fromkeys(files):
        if file not in (*step.files, *step.given):
            yield f"shows a line that is not the student's: {file}"


def summary(step: Step, reports: Mapping[str, Report]) -> str:
    """The step's points, in a line."""
    points = (f"{name} {report.score}" for name, report in reports.items())
    return f"{step.slug:18}{' · '.join(points)}"


def main() -> int:
    """Check every step, or those named. Returns the exit status."""
    steps, table = all_steps(), rows()
    todo = [step for step in steps if not sys.argv[1:] or {step.slug, step.short} & {*sys.argv[1:]}]
    wrong = 0
    for step in todo:
        reports = judged(step, before(step, steps))
        found = list(problems(step, table.get(step.slug), reports))
        wrong += bool(found)
        print(summary(step, reports))
        for problem in found:
            print("    " + problem.replace("\n", "\n    "))
    verdict = f"{wrong} not as they should be" if wrong else "all as they should be"
    print(f"{counted(len(todo), 'step')}: {verdict}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
