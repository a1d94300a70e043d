"""The corpus: submissions that say what must become of them.

A folder says so in the first line of its program:

    # EXPECT: all pass
    # EXPECT: fail one_byte
    # EXPECT: not gradable 0
    # EXPECT: graded 87

(A line "# NEEDS: waitress" among the first three hands that installed package in with it.)

A fault may also be an edit of the solution. Then it is a table of faulty/STEP.toml, and one glance shows what is
wrong; `old` stands in the solution exactly once.

    [int_takes_plus]
    expect = "fail content_length_garbage"
    why = "int() takes +5."
    edits = [{ file = "request.py", old = '''int(text)''', new = '''int(text, 10)''' }]

To try some of them:   python -m tests.corpus hw04 [NAME ...] [--fresh] [--cards] [--write DIR]
"""

import argparse
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import files as files_of
from pathlib import Path

from grader.intake import read_folder
from grader.outcome import Outcome, Report, Submission
from grader.plugin.judging import Job
from grader.steps import ROOT, Step, all_steps, find
from grader.world import Kind

SAMPLE = 12  # submissions of a step, about, of which everything is asked
SUBMISSIONS = ROOT / "tests" / "submissions"
SOLUTIONS = ROOT / "solutions"
EXPECT = re.compile(r"(?:(all pass)|fail ((?:\w+ ?)+)|(graded|not gradable) (\d+))")
HEADER = "# EXPECT: "
ATTACKED = {"bridge": "hw02_hello_app"}  # the other classes attack the first step
NEEDS = re.compile(r"^# NEEDS: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Specimen:
    """One submission of the corpus, and what is expected of it."""

    id: str  # "faulty/hw01_echo/never_closes"
    step: Step
    submission: Submission
    fails: frozenset[str]
    status: str
    score: int | None

    def job(self, kind: Kind = "box", *, fresh: bool = False, seed: int = 1) -> Job:
        """The job to judge it, under its id: the names of submissions repeat between folders."""
        return Job(
            submission=replace(self.submission, name=self.id),
            step=self.step,
            seed=seed,
            kind=kind,
            fresh=fresh,
        )

    def handed_in_as(self, name: str, files: Mapping[str, bytes]) -> "Specimen":
        """A copy of it under another name: of its `files` the same is expected."""
        return replace(self, id=name, submission=Submission(name=name, files=files))

    def differences(self, report: Report) -> str:
        """How `report` differs from what is expected: nothing, if all is well."""
        failed = {result.id for result in report.results if result.outcome is Outcome.FAIL}
        broken = [result for result in report.results if result.outcome is Outcome.BROKEN]
        if broken:
            return f"BROKEN at {broken[0].id}: {broken[0].trouble}"
        if self.score is not None:
            wrong = (str(report.status), report.score) != (self.status, self.score)
            return f"is {report.status} {report.score}, failed {sorted(failed)}" if wrong else ""
        if report.reason and not failed:
            return f"is {report.status}: {report.reason}"
        if failed != self.fails:
            return f"failed {sorted(failed)} instead of {sorted(self.fails)}: {cards(report)}"
        return ""


def cards(report: Report) -> list[str]:
    return [f"{result.id}: {result.card.got}" for result in report.results if result.card]


def faulty_and_tolerant() -> Iterator[Specimen]:
    for step in all_steps():
        yield from of_step(step)


def of_step(step: Step) -> list[Specimen]:
    """The faulty and tolerant submissions of `step`."""
    return [
        specimen for kind in ("faulty", "tolerant") for specimen in specimens(f"{kind}/{step.slug}", step)
    ]


def sample(step: Step) -> list[Specimen]:
    """Every so many of them, for what takes long: `python -m tests.corpus STEP --fresh` is there for them all."""
    every = of_step(step)
    return every[:: max(1, len(every) // SAMPLE)]


def judged_corpus(step: Step, *, fresh: bool = False) -> dict[str, Report]:
    """The reports on the submissions of `step`, by specimen; with a `fresh` server for every check, on a sample."""
    from grader.engine import Local

    chosen = sample(step) if fresh else of_step(step)
    with Local(step, workers=3) as engine:
        return {
            report.submission: report
            for report in engine.run(specimen.job(fresh=fresh) for specimen in chosen)
        }


def hostile() -> Iterator[Specimen]:
    """Attacks are made on the grading of one step for each class; they attack the grader, not the step."""
    for folder in sorted((SUBMISSIONS / "hostile").iterdir()):
        yield from specimens(f"hostile/{folder.name}", find(ATTACKED.get(folder.name, "hw01_echo")))


def specimens(place: str, step: Step) -> Iterator[Specimen]:
    """Those that are whole programs, and those that are edits of the solution."""
    for program in sorted((SUBMISSIONS / place).glob(f"*/{step.files[0]}")):
        yield whole(f"{place}/{program.parent.name}", program, step)
    for name, row in catalogue(SUBMISSIONS / f"{place}.toml").items():
        yield edited(f"{place}/{name}", row, step)


def catalogue(path: Path) -> Mapping[str, Mapping[str, object]]:
    """The faults that are edits: by name, what is expected, why, and the edits."""
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def whole(id: str, program: Path, step: Step) -> Specimen:
    """A submission that lies in a folder."""
    with program.open("rb") as file:
        top = b"".join(file.readline() for _ in range(3)).decode("latin-1").replace("\r", "")
    submission = read_folder(program.parent, step)
    packages = [name for needed in NEEDS.findall(top) for name in needed.split()]
    submission = replace(submission, files={**submission.files, **package_files(packages)})
    first = top.partition("\n")[0]
    return expected(id, step, submission, first.removeprefix(HEADER) if first.startswith(HEADER) else "")


def edited(id: str, row: Mapping[str, object], step: Step) -> Specimen:
    """A submission that is the solution with edits."""
    files = dict(read_folder(SOLUTIONS / step.slug, step).files)
    for edit in row["edits"]:  # type: ignore[attr-defined]
        text = files[edit["file"]].decode("utf-8")
        if text.count(edit["old"]) != 1:
            raise ValueError(
                f"{id}: this stands {text.count(edit['old'])} times in {edit['file']}: {edit['old']!r}"
            )
        files[edit["file"]] = text.replace(edit["old"], edit["new"]).encode("utf-8")
    return expected(id, step, Submission(name=id, files=files), str(row["expect"]))


def expected(id: str, step: Step, submission: Submission, words: str) -> Specimen:
    """The specimen of which `words` is expected. Raises ValueError for words that say nothing."""
    found = EXPECT.fullmatch(words)
    if found is None:
        raise ValueError(f"{id}: what is expected must be told as {HEADER!r} tells it, not {words!r}")
    _, fails, status, score = found.groups()
    failing = frozenset((fails or "").split())
    return Specimen(id, step, submission, failing, status or "graded", int(score) if score else None)


def package_files(packages: list[str]) -> dict[str, bytes]:
    """The modules of installed packages, by the path at which a submission holds them."""
    return {
        path.as_posix(): path.read_binary()
        for package in packages
        for path in files_of(package) or ()
        if path.suffix == ".py" and "tests" not in path.parts and ".." not in path.parts
    }


def main() -> None:
    """Judge specimens, and say what differs from what is expected of them."""
    from grader.engine import Local
    from grader.report import terminal

    parser = argparse.ArgumentParser(prog="python -m tests.corpus")
    parser.add_argument("step")
    parser.add_argument("names", nargs="*", help="all, if none is named")
    parser.add_argument("--fresh", action="store_true", help="a new server for every check")
    parser.add_argument("--cards", action="store_true", help="show the lesson cards")
    parser.add_argument(
        "--write", type=Path, metavar="DIR", help="write the submissions there, judge nothing"
    )
    options = parser.parse_args()
    step = find(options.step)
    chosen = {
        specimen.id: specimen
        for specimen in of_step(step)
        if (not options.names or specimen.id.split("/")[-1] in options.names)
    }
    if options.write:
        for specimen in chosen.values():
            for path, content in specimen.submission.files.items():
                place = options.write / specimen.id.split("/")[-1] / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        return
    wrong = 0
    with Local(step, 2) as engine:
        for report in engine.run(specimen.job(fresh=options.fresh) for specimen in chosen.values()):
            difference = chosen[report.submission].differences(report)
            wrong += bool(difference)
            print(f"{report.submission}  {difference or 'as expected'}  ({report.seconds:.2f} s)", flush=True)
            if options.cards:
                terminal.show_report(report, terminal.make_console(), again="")
    print(f"{len(chosen)} judged, {wrong} not as expected")


if __name__ == "__main__":
    main()
