"""A Moodle download: a folder per student and kind of submission, or, as older versions do it, no folders at all.

    Ada Lovelace_1234_assignsubmission_file/server.py
    Ada Lovelace_1234_assignsubmission_file_/server.py         before version 4
    Ada Lovelace_1234_assignsubmission_onlinetext/onlinetext.html
    Ada Lovelace_1234_assignsubmission_file_server.py          without folders
    Participant_1234_assignsubmission_file/server.py           blind marking
    Team Lovelace_17_assignsubmission_file/server.py           a team; "Default group" has no number

Read in mod/assign/classes/downloader.php. Names hold no "_": Moodle makes blanks of them.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from grader.intake.folders import place
from grader.intake.handed import Handed
from grader.intake.nodes import Folder, Kind, Node, Renamed, clean, one_line
from grader.intake.plain import Found
from grader.outcome import Refusal
from grader.steps import Step

ENTRY = re.compile(
    r"(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL
)
TYPED = "it was typed into the LMS as text: hand in the file"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the download."""

    node: Node
    id: str
    name: str
    plugin: str  # "file", "onlinetext"
    file: str  # "" for a folder


def fits(root: Node) -> bool:
    """Whether most of the entries are called as Moodle calls them."""
    nodes = clean(root)
    return 2 * sum(parsed(node) is not None for node in nodes) > len(nodes)


def read(root: Node, step: Step) -> Found:  # noqa: ARG001
    """A submission per participant or team. Raises Refusal if one id has two names."""
    found = Found([], [])
    who: dict[str, list[Entry]] = defaultdict(list)
    for node in clean(root):
        entry = parsed(node)
        if entry is None:
            found.others.append(one_line(node.name))
        else:
            who[entry.id].append(entry)
    found.handed.extend(handed(id, entries) for id, entries in who.items())
    return found


def parsed(node: Node) -> Entry | None:
    """What the name of an entry says, or None if it is not one of Moodle's."""
    match = ENTRY.fullmatch(node.name)
    if match is None or (node.kind is Kind.FOLDER) != (not match["file"]):
        return None
    name = one_line(match["name"])
    return Entry(node, match["id"] or name, name, match["plugin"], match["file"] or "")


def handed(id: str, entries: list[Entry]) -> Handed:
    """The submission that these entries of one participant are. Raises Refusal."""
    names = sorted({entry.name for entry in entries})
    if len(names) > 1:
        raise Refusal(
            f"Two names have the same Moodle id {id}, {names[0]} and {names[1]}: look at their files."
        )
    files = [entry for entry in entries if entry.plugin == "file"]
    folder = files[0].node if len(files) == 1 and not files[0].file else None
    loose = tuple(Renamed(entry.file, entry.node) for entry in files if entry.file)
    return Handed(
        identity=id,
        name=names[0],
        root=folder or Folder(names[0], loose),
        folder=place(folder) if folder else "",
        remarks=("there is a text as well, typed into Moodle",) if len(entries) > len(files) > 0 else (),
        reason="" if files else TYPED,
    )
