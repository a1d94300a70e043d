"""`-k EXPR`: which checks an expression names. Words are parts of ids; `and`, `or`, `not` and brackets join them.

expression = term *("or" term)
term       = factor *("and" factor)
factor     = "not" factor / "(" expression ")" / word
"""

import re
from collections.abc import Sequence

from grader.outcome import Refusal

JOINTS = ("and", "or", "not", "(", ")")


class NothingSelected(Refusal):
    """The expression names no check, or is none. The message says so."""


def select(expression: str, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids that `expression` names, in order. Raises NothingSelected."""
    chosen = tuple(id for id in ids if Reader(expression, id).whole())
    if not chosen:
        raise NothingSelected(f"-k {expression!r} names no check. There are: {', '.join(ids)}.")
    return chosen


class Reader:
    """Reads the expression from left to right, once for every id. Raises NothingSelected where it is none."""

    def __init__(self, expression: str, id: str) -> None:
        self._expression = expression
        self._id = id.casefold()
        self._rest = re.findall(r"\w+|\S", expression)

    def whole(self) -> bool:
        """Whether the expression holds for the id."""
        holds = self._any()
        if self._rest:
            raise self._refusal()
        return holds

    def _any(self) -> bool:
        holds = self._all()
        while self._next("or"):
            holds = self._all() or holds
        return holds

    def _all(self) -> bool:
        holds = self._one()
        while self._next("and"):
            holds = self._one() and holds
        return holds

    def _one(self) -> bool:
        if self._next("not"):
            return not self._one()
        if self._next("("):
            holds = self._any()
            if not self._next(")"):
                raise self._refusal()
            return holds
        if not self._rest or self._rest[0] in JOINTS or not self._rest[0].isidentifier():
            raise self._refusal()
        return self._rest.pop(0).casefold() in self._id

    def _next(self, joint: str) -> bool:
        """Whether `joint` comes next; then it is read."""
        if self._rest[:1] != [joint]:
            return False
        del self._rest[0]
        return True

    def _refusal(self) -> NothingSelected:
        return NothingSelected(
            f"-k {self._expression!r} is no expression of words, and, or, not and brackets."
        )
