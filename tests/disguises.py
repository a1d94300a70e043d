"""What people do to a program that is not theirs, so that it looks like theirs. The program need not run afterwards."""

import ast
import builtins
import io
import keyword
import random
import tokenize
from collections.abc import Callable, Mapping

WORDS = (
    "that is it",
    "see the lecture",
    "a byte is no character",
    "this took me all night",
    "works",
    "why not",
)


def renamed(text: str) -> str:
    """Every name that the program gives to something is another."""
    given = names_given(ast.parse(text))
    others = {name: f"my_{number}" for number, name in enumerate(sorted(given))}
    tokens = [
        token._replace(string=others.get(token.string, token.string))
        if token.type == tokenize.NAME
        else token
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
    ]
    return tokenize.untokenize((token.type, token.string) for token in tokens)


def names_given(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
    return found - set(dir(builtins)) - set(keyword.kwlist)


def commented(text: str) -> str:
    """The documentation is gone; there are remarks and blank lines where there were none, and other quotes."""
    bare = ast.unparse(without_docstrings(ast.parse(text)))
    dice = random.Random(7)
    lines = []
    for line in bare.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        if dice.random() < 0.5:
            lines.append(f"{indent}# {dice.choice(WORDS)}")
        lines.append(line + (f"  # {dice.choice(WORDS)}" if dice.random() < 0.3 else ""))
    return "\n".join(lines) + "\n"


def without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def reordered(text: str) -> str:
    """Functions and classes stand in another order."""
    tree = ast.parse(text)
    defines = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    moved = iter(random.Random(7).sample(defines, len(defines)))
    tree.body = [next(moved) if node in defines else node for node in tree.body]
    return ast.unparse(tree) + "\n"


def merged(text: str, other: str) -> str:
    """Half of the functions of each."""
    tree, second = ast.parse(text), ast.parse(other)
    tree.body = tree.body[: len(tree.body) // 2 + 1] + second.body[len(second.body) // 2 :]
    return ast.unparse(tree) + "\n"


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "verbatim": lambda text: text,
    "renamed": renamed,
    "commented": commented,
    "reordered": reordered,
    "all at once": lambda text: commented(renamed(reordered(text))),
}
