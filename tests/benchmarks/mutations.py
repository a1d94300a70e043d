"""Changes to a program that leave what it does as it was, as one copy of a program differs from another.

Those of `tests/disguises.py` go further, and their programs need not run: these must keep their verdicts.
"""

import ast
import codecs
import io
import random
import symtable
import tokenize
from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.disguises import WORDS

OTHER_NAMES = ("data", "stuff", "result", "thing", "temp", "foo")
ASK_FOR_NAMES = {"locals", "vars", "eval", "exec"}  # whoever calls one may see how a variable is called


def mutated(program: bytes, dice: random.Random) -> bytes:
    """The program with some changes; without any, where it is no Python that a parser takes."""
    if not is_plain(program):
        return program
    text = program.decode()
    for change in dice.sample(CHANGES, dice.randint(0, len(CHANGES))):
        text = change(text, dice)
    return dice.choice(SAVED)(text)


def is_plain(program: bytes) -> bool:
    """Whether it is Python in UTF-8, with no mark and no other newlines."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(program).readline)
        ast.parse(program.decode())
    except (SyntaxError, ValueError):
        return False
    return encoding == "utf-8" and b"\r" not in program


def renamed(text: str, dice: random.Random) -> str:
    """The variables of functions have other names. The comments are gone."""
    tree = ast.parse(text)
    taken = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if taken & ASK_FOR_NAMES or any(isinstance(node, ast.Nonlocal | ast.Match) for node in ast.walk(tree)):
        return text
    others: dict[str, str] = {}
    for number, name in enumerate(sorted(variables(symtable.symtable(text, "program", "exec")))):
        others[name] = f"{dice.choice(OTHER_NAMES)}_{number}"
    if taken & set(others.values()):
        return text
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = others.get(node.id, node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            node.name = others.get(node.name, node.name)
    return ast.unparse(tree) + "\n"


def variables(top: symtable.SymbolTable) -> set[str]:
    """The names that are nothing but variables of functions, set by assignments and loops: no one else knows them."""
    found, otherwise = set[str](), set[str]()
    for table in tables(top):
        for symbol in table.get_symbols():
            variable = table.get_type() == "function" and symbol.is_local() and symbol.is_assigned()
            known = symbol.is_parameter() or symbol.is_imported() or symbol.is_namespace()
            (found if variable and not known else otherwise).add(symbol.get_name())
    return {name for name in found - otherwise if name.isidentifier() and not name.startswith("_")}


def tables(top: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """The scope, and all scopes inside it."""
    yield top
    for child in top.get_children():
        yield from tables(child)


def reordered(text: str, dice: random.Random) -> str:
    """Functions that stand one after the other do so in another order."""
    tree = ast.parse(text)
    places = [place for place, node in enumerate(tree.body) if is_movable(node)]
    for one, other in pairwise(places):
        if other == one + 1 and dice.random() < 0.5 and names_in(tree.body, one, other) == 2:
            tree.body[one], tree.body[other] = tree.body[other], tree.body[one]
    return ast.unparse(tree) + "\n"


def is_movable(node: ast.stmt) -> bool:
    """Whether it is a function whose definition looks at nothing that is defined before it."""
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return False
    return not node.args.defaults and not any(node.args.kw_defaults)


def names_in(body: list[ast.stmt], *places: int) -> int:
    """How many different names the functions there have."""
    return len({node.name for place in places if isinstance(node := body[place], ast.FunctionDef)})


def commented(text: str, dice: random.Random) -> str:
    """There are remarks where there were none."""
    return with_lines(text, dice, lambda: f"# {dice.choice(WORDS)}")


def spaced(text: str, dice: random.Random) -> str:
    """There are blank lines, or lines of blanks, where there were none."""
    return with_lines(text, dice, lambda: dice.choice(("", "", "    ")))


def with_lines(text: str, dice: random.Random, line: Callable[[], str]) -> str:
    """The program with a new line before one statement in four, indented as that is."""
    lines = text.split("\n")
    begins = {
        node.lineno: node.col_offset for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)
    }
    for number, column in sorted(begins.items(), reverse=True):
        indent = lines[number - 1][:column]
        follows = number > 1 and lines[number - 2].endswith("\\")
        if not indent.strip() and not follows and dice.random() < 0.25:
            lines.insert(number - 1, indent + line())
    return "\n".join(lines)


CHANGES = (renamed, reordered, commented, spaced)
SAVED: tuple[Callable[[str], bytes], ...] = (  # most editors leave no trace
    *(str.encode,) * 8,
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: codecs.BOM_UTF8 + text.encode(),
)
