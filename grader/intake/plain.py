"""Submissions without an LMS: one folder per student, or one file. The name is the identity."""

from dataclasses import dataclass

from grader.intake.folders import place
from grader.intake.handed import Handed
from grader.intake.nodes import ARCHIVES, Folder, Kind, Node, Renamed, clean, is_archive, one_line
from grader.outcome import Refusal
from grader.steps import Step


class NoSubmissions(Refusal):
    """There is nothing to grade. The message says what was looked for, and where."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an export holds."""

    handed: list[Handed]
    others: list[str]  # the names of the entries that are no submissions


def has_folders(root: Node) -> bool:
    """Whether it has a folder per student. A link is taken for one, so that its student is told."""
    return any(node.kind in (Kind.FOLDER, Kind.LINK) for node in clean(root))


def has_files(root: Node) -> bool:
    """Whether it has anything."""
    return bool(clean(root))


def read_folders(root: Node, step: Step) -> Found:  # noqa: ARG001
    """A submission per folder, and per archive that lies among them."""
    found = Found([], [])
    for node in clean(root):
        if is_archive(node.name) and node.kind is not Kind.FOLDER:
            found.handed.append(Handed(identity=stem(node.name), root=node))
        elif node.kind in (Kind.FOLDER, Kind.LINK, Kind.TWICE):
            found.handed.append(Handed(identity=one_line(node.name), root=node, folder=place(node)))
        else:
            found.others.append(one_line(node.name))
    return found


def read_files(root: Node, step: Step) -> Found:
    """A submission per archive; per program too, if the step has one file. Raises NoSubmissions."""
    found = Found([], [])
    nodes = clean(root)
    here = [node.name for node in nodes if node.name in step.files]
    if here:
        raise NoSubmissions(
            f"This is one submission, not a class: it holds {here[0]} itself. "
            f"`python -m grader check {step.short} DIR` checks it."
        )
    for node in nodes:
        if is_archive(node.name):
            found.handed.append(Handed(identity=stem(node.name), root=node))
        elif len(step.files) == 1 and node.name.endswith(".py"):
            file = Folder(node.name, (Renamed(step.files[0], node),))
            found.handed.append(Handed(identity=stem(node.name), root=file))
        else:
            found.others.append(one_line(node.name))
    return found


def stem(name: str) -> str:
    """The name of a file without what says that it is a program or an archive: "ada" of ada.py and of ada.tar.gz."""
    for suffix in sorted((".py", *ARCHIVES), key=len, reverse=True):
        if name.casefold().endswith(suffix):
            return one_line(name[: -len(suffix)])
    return one_line(name)
