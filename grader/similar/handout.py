"""What everybody was given: whoever has it in common has copied from nobody.

The starter, what lies beside it, the solutions of the steps before (every step builds on the one before), and the
demos of the lectures so far. The starter matters most: of homework 5 it is half of every submission. The demos are
another tenth of what is left.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.outcome import Refusal
from grader.similar.programs import text_of
from grader.steps import ROOT, Step, all_steps


class BadBase(Refusal):
    """What --base names holds no program. The message says which."""


def handout(step: Step, base: Sequence[Path] = ()) -> list[str]:
    """The texts of all programs that a student of `step` was given, and of those in `base`. Raises BadBase."""
    paths = dict.fromkeys((*of_course(step), *(path for place in base for path in programs_in(place))))
    return [text_of(path.read_bytes()) for path in paths]


def of_course(step: Step) -> Iterator[Path]:
    """What the course itself gives out up to `step`."""
    yield from python(step.folder)
    yield from (ROOT / name for name in step.lent)
    for earlier in all_steps():
        if earlier.number < step.number:
            yield from python(ROOT / "solutions" / earlier.slug)
    yield from python(ROOT / "lectures")
    for lecture in sorted((ROOT / "lectures").glob("lec*/")):
        if lecture.name <= step.lecture:
            yield from python(lecture)


def programs_in(place: Path) -> list[Path]:
    """The programs that an instructor names, by a file or by a folder. Raises BadBase."""
    try:
        found = [place] if place.is_file() else sorted(path for path in place.rglob("*.py") if path.is_file())
    except OSError as error:
        raise BadBase(f"--base: {place} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    if not found:
        raise BadBase(f"--base: there is no Python program in {place}.")
    return found


def python(folder: Path) -> list[Path]:
    """The programs that lie in a folder of ours."""
    return sorted(folder.glob("*.py"))
