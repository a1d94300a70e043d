"""Clones of GitHub Classroom's repositories, as `gh classroom clone student-repos` makes them.

    hw01-echo-submissions/hw01-echo-ada-l/server.py

The folder around them says where the assignment's name ends and the login begins: both may hold dashes. Where it
has another name, the repositories are plain folders, and known by their whole names.
"""

from grader.intake.folders import place
from grader.intake.handed import Handed
from grader.intake.nodes import Kind, Node, clean, one_line
from grader.intake.plain import Found
from grader.steps import Step

AROUND = "-submissions"


def fits(root: Node) -> bool:
    """Whether the folder is called NAME-submissions, and most of what is in it NAME-LOGIN."""
    if not root.name.endswith(AROUND):
        return False
    nodes = clean(root)
    return 2 * sum(is_clone(node, root) for node in nodes) > len(nodes)


def read(root: Node, step: Step) -> Found:  # noqa: ARG001
    """A submission per clone. What git keeps beside the files is passed over."""
    found = Found([], [])
    for node in clean(root):
        if is_clone(node, root):
            login = one_line(node.name.removeprefix(prefix(root)))
            found.handed.append(Handed(identity=login, root=node, folder=place(node)))
        else:
            found.others.append(one_line(node.name))
    return found


def is_clone(node: Node, root: Node) -> bool:
    """Whether it is a folder, or a link in place of one, that is called NAME-LOGIN."""
    return (
        node.kind in (Kind.FOLDER, Kind.LINK)
        and len(node.name) > len(prefix(root))
        and node.name.startswith(prefix(root))
    )


def prefix(root: Node) -> str:
    """What is before the login: "hw01-echo-"."""
    return root.name.removesuffix(AROUND) + "-"
