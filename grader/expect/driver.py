"""The driver: evaluates expressions in a student's module, on the student's side of the border, and tells the judge.

    python3 -c SOURCE QUESTIONS

The judge (grader/expect/modules.py) sends it to the interpreter as text, so nothing here may need a second file or a
library. QUESTIONS is a list of pairs, statements and an expression, as JSON, compressed, in base 64. Each has a
namespace of its own and is answered by one line of JSON, as soon as it is evaluated: one that never returns leaves
the answers before it. What the module itself prints goes nowhere, so that it is not in the way.
"""

# The submission's folder stands first on the path. A student's json.py is for the student alone.
import sys

HERE = sys.path.pop(0) if __name__ == "__main__" else ""

import base64  # noqa: E402
import contextlib  # noqa: E402
import hashlib  # noqa: E402
import os  # noqa: E402
import zlib  # noqa: E402
from collections.abc import Callable  # noqa: E402
from json import dumps, loads  # noqa: E402
from typing import Any  # noqa: E402

LONGEST = 4096  # characters of a value that are told; of the others their number and their digest
MESSAGE = 200  # characters of an exception's message
DEPTH = 20  # of lists in lists


def looks(value: object) -> str:
    """How a value looks: its repr(), with the same looks for what may stand in for one another.

    A tuple looks like a list, a bytearray like bytes, an HTTPStatus like its number. An object of any other class
    looks like none of them, whatever its own repr() says.
    """
    text = repr(plain(value)).encode("utf-8", "backslashreplace").decode("utf-8")
    if len(text) <= LONGEST:
        return text
    digest = hashlib.sha256(text[LONGEST:].encode("utf-8")).hexdigest()[:16]
    return f"{text[:LONGEST]} and {len(text) - LONGEST} more ({digest})"


class Looks:
    """Something with this repr()."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def plain(value: Any, depth: int = DEPTH) -> Any:
    """`value`, made of the plainest types that are equal to its own."""
    if isinstance(value, list | tuple) and depth:
        return [plain(item, depth - 1) for item in value]
    if isinstance(value, dict) and depth:
        pairs = [(plain(key, depth - 1), plain(held, depth - 1)) for key, held in value.items()]
        return Looks("{" + ", ".join(sorted(f"{key!r}: {held!r}" for key, held in pairs)) + "}")
    for kinds, plainest in PLAINEST:
        if isinstance(value, kinds):
            return plainest(value)
    return Looks(f"<{type(value).__name__}: {shown(value)}>")


# Types, and what makes a plain value of theirs. (A bool is an int.)
PLAINEST: tuple[tuple[tuple[type, ...], Callable[[Any], Any]], ...] = (
    ((type(None), bool, float), lambda value: value),
    ((int,), int),
    ((str,), "".join),
    ((bytes, bytearray, memoryview), bytes),
)


def shown(value: object) -> str:
    """The beginning of a repr() that the student may have written."""
    try:
        return repr(value)[:MESSAGE]
    except Exception:
        return "?"


def answer(statements: str, expression: str) -> dict[str, object]:
    """What becomes of one question: a value, or what was raised."""
    names: dict[str, object] = {}
    try:
        exec(statements, names)
        return {"value": looks(eval(expression, names))}
    except BaseException as error:  # SystemExit among them
        return raised(error)


def raised(error: BaseException) -> dict[str, object]:
    """What is told of an exception. Its class may be the student's, with methods that fail."""
    told: dict[str, object] = {"raised": [kind.__name__ for kind in type(error).__mro__]}
    with contextlib.suppress(Exception):
        told["message"] = str(error)[:MESSAGE].encode("utf-8", "backslashreplace").decode("utf-8")
        told["attributes"] = {str(name): looks(held) for name, held in [*vars(error).items()][:DEPTH]}
    return told


def main() -> None:
    """Answer each question, and end, whatever threads the module has begun."""
    out = os.dup(1)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - to the end
    os.dup2(sys.stdout.fileno(), 1)  # but not 2, on which the interpreter says where it is when it is stuck
    questions = loads(zlib.decompress(base64.b64decode(sys.argv[1])))
    del sys.argv[1:]
    sys.path.insert(0, HERE)
    for statements, expression in questions:
        line = dumps(answer(statements, expression)).encode("ascii") + b"\n"
        while line:
            line = line[os.write(out, line) :]
    os._exit(0)


if __name__ == "__main__":
    main()
