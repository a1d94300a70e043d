"""`-k EXPR`: which checks an expression names. Words are parts of ids; `and`, `or`, `not` and brackets join them."""

import ast
from collections.abc import Sequence

from grader.outcome import Refusal


class NothingSelected(Refusal):
    """The expression names no check, or is none. The message says so."""


def select(expression: str, ids: Sequence[str]) -> tuple[str, ...]:
    """The ids that `expression` names, in order. Raises NothingSelected."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
        chosen = tuple(id for id in ids if holds(tree, id))
    except (SyntaxError, TypeError) as error:
        raise NothingSelected(
            f"-k {expression!r} is no expression of words, and, or, not and brackets."
        ) from error
    if not chosen:
        raise NothingSelected(f"-k {expression!r} names no check. There are: {', '.join(ids)}.")
    return chosen


def holds(tree: ast.expr, id: str) -> bool:
    """Whether the expression holds for one id. Raises TypeError for anything but words and their joints."""
    match tree:
        case ast.Name(id=word):
            return word.casefold() in id.casefold()
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not holds(operand, id)
        case ast.BoolOp(op=ast.And(), values=values):
            return all(holds(value, id) for value in values)
        case ast.BoolOp(op=ast.Or(), values=values):
            return any(holds(value, id) for value in values)
    raise TypeError(type(tree).__name__)
