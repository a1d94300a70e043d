"""What is judged: one module a step, each a list of checks in the order in which a student meets them.

A check is a function that takes the fixtures of grader/plugin (`server`, `app`, `rng`) and is decorated with `check`.
Its name is the check's id, the first line of its docstring the sentence that a student reads.
"""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from grader.outcome import Check, Level, Visibility
from grader.steps import Step

Function = TypeVar("Function", bound=Callable[..., None])
MARK = "grader_check"  # the attribute that holds a check function's row of the table


def check(  # noqa: PLR0913 - one keyword per column of the table
    *,
    points: int,
    rule: str,
    read: str,
    after: tuple[str, ...] = (),
    level: Level = Level.MUST,
    gate: bool = False,
    visibility: Visibility = Visibility.VISIBLE,
) -> Callable[[Function], Function]:
    """Make a function a check. The keywords are the columns of grader.outcome.Check."""

    def mark(function: Function) -> Function:
        title = inspect.cleandoc(function.__doc__ or "").partition("\n")[0].removesuffix(".")
        row = Check(
            id=function.__name__,
            title=title,
            points=points,
            rule=rule,
            level=level,
            read=read,
            after=after,
            gate=gate,
            visibility=visibility,
        )
        setattr(function, MARK, row)
        return function

    return mark


def table(step: Step) -> tuple[Check, ...]:
    """The step's checks, in order."""
    module = import_module(f"grader.checks.{step.slug}")
    return tuple(getattr(value, MARK) for value in vars(module).values() if hasattr(value, MARK))
