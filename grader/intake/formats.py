"""The formats that a class comes in. The first that fits is it: the marks of an LMS come before plain folders."""

from collections.abc import Callable
from dataclasses import dataclass

from grader.intake import canvas, github, gradescope, moodle, plain
from grader.intake.nodes import Kind, Node, clean
from grader.intake.plain import Found
from grader.report.exports.worksheet import LANGUAGES
from grader.steps import Step


@dataclass(frozen=True, slots=True)
class Format:
    """One way to export a class."""

    title: str
    fits: Callable[[Node], bool]  # whether a tree is in this format
    read: Callable[[Node, Step], Found]  # the submissions in it. Raises Refusal
    keys: tuple[str, ...]  # the columns of a roster by which its submissions are known, in small letters


IDENTIFIERS = tuple(words.recordid.casefold() for words in LANGUAGES)
LMS = (
    Format("a Gradescope export", gradescope.fits, gradescope.read, ("sid", "email")),
    Format("a Moodle download", moodle.fits, moodle.read, IDENTIFIERS),
    Format("a Canvas download", canvas.fits, canvas.read, ("id", "canvas_user_id")),
    Format("GitHub Classroom clones", github.fits, github.read, ("github_username",)),
)
KEYS = ("id", "identifier", "login", "username", "sis login id", "github_username", "email")
FOLDERS = Format("one folder per student", plain.has_folders, plain.read_folders, KEYS)
FILES = Format("one file per student", plain.has_files, plain.read_files, KEYS)


def detect(root: Node, step: Step, *, packed: bool) -> tuple[Format, Node]:
    """The format of the tree, and the node in it whose children are the submissions.

    An export is often one folder that holds it all. An LMS's is found in there too. A folder of plain submissions
    is looked into only if the tree was `packed`: else it is the submission of a class of one.
    """
    top = clean(root)
    inner = top[0] if len(top) == 1 and top[0].kind is Kind.FOLDER else None
    levels = [root] if inner is None else [root, inner]
    for level in levels:
        for format in LMS:
            if format.fits(level):
                return format, level
    if packed and inner is not None and not any(node.name in step.files for node in clean(inner)):
        root = inner
    return (FOLDERS if FOLDERS.fits(root) else FILES), root
