"""Hints for students who are stuck: three for every check, in STEP.toml beside this file, told one at a time.

    one_byte = ["a question that points", "what to look at", "nearly the solution, in a sentence"]

Which ones a student has seen is kept nowhere: the number is part of the command.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from grader.checks import table
from grader.outcome import Check, Refusal
from grader.steps import Step


class NoHint(Refusal):
    """There is no such hint. The message says what there is."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One of the hints for a check."""

    step: Step
    check: Check
    number: int  # from 1
    total: int
    text: str


def read_hints(step: Step) -> Mapping[str, tuple[str, ...]]:
    """The hints of `step`, by check, the mildest first. Raises NoHint where nobody has written any."""
    path = Path(__file__).parent / f"{step.slug}.toml"
    if not path.is_file():
        raise NoHint(f"There are no hints for {step.short} yet.")
    return {id: tuple(told) for id, told in tomllib.loads(path.read_text("utf-8")).items()}


def find_hint(step: Step, id: str, number: int) -> Hint:
    """Hint `number`, from 1, for the check `id`. Raises NoHint, and names the nearest check."""
    hints = read_hints(step)
    checks = {check.id: check for check in table(step) if check.id in hints}
    if id not in checks:
        near = get_close_matches(id, checks, n=1, cutoff=0.0)[0]
        everything = hint_command(step.short)
        raise NoHint(
            f"There is no check {id!r} in {step.short}. Did you mean {near!r}? `{everything}` lists them."
        )
    told = hints[id]
    if not 1 <= number <= len(told):
        raise NoHint(f"The hints for {id} are numbered from 1 to {len(told)}: there is no hint {number}.")
    return Hint(step, checks[id], number, len(told), told[number - 1])


def hint_command(short: str, id: str = "", number: int = 1, *, by_make: bool = False) -> str:
    """What to type for a hint: "python -m grader hint hw01 one_byte 2", or the same by make."""
    command, key, counter = f"python -m grader hint {short}", "", ""
    if by_make:
        command, key, counter = f"make hint-{short}", "K=", "N="
    words = (command, id and key + id, f"{counter}{number}" if number > 1 else "")
    return " ".join(filter(None, words))
