"""A Canvas download: the files of all students in one folder, and everything about them in the files' names.

    lovelaceada_3143_207797_server.py           user 3143, attachment 207797
    lovelaceada_LATE_3143_207797_server-1.py    late; Canvas has renamed a file that was handed in again
    LATE_anon_x7Kp2_207797_server.py            anonymous grading
    lovelaceada_3143_text.html                  a text typed into a form, or (link.html) an address

Read in lib/content_zipper.rb of canvas-lms. A group appears once, under its own name and the
number of the member who represents it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from grader.intake.handed import Handed
from grader.intake.nodes import Folder, Kind, Node, Renamed, clean, is_archive, one_line
from grader.intake.plain import Found
from grader.outcome import Refusal
from grader.steps import Step

REST = r"_(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<typed>text|link)(?:-\d+)?\.html)"
NAMED = re.compile(r"(?P<name>.*?)(?:_(?P<late>LATE))?_(?P<id>\d+)" + REST, re.DOTALL)
ANONYMOUS = re.compile(r"(?P<name>)(?:(?P<late>LATE)_)?anon_(?P<id>[^\W_]+)" + REST, re.DOTALL)
TWO_READINGS = re.compile(r"_\d+_\d+_\d+_")
AGAIN = re.compile(r"(?P<stem>.+?)-(?P<number>\d+)(?P<suffix>(?:\.tar)?\.\w+)", re.DOTALL)
TYPED = {
    "text": "it was typed into the LMS as text: hand in the file",
    "link": "an address was handed in: hand in the file itself",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the download."""

    node: Node
    id: str
    name: str  # as Canvas writes it: small letters, without blanks; "" if anonymous
    late: bool
    attachment: int  # Canvas counts up: the newest has the highest
    file: str  # as it was handed in, but for the number of a resubmission
    attempt: int
    typed: str  # "text" or "link", if there is no file


def fits(root: Node) -> bool:
    """Whether most of the entries are files that are called as Canvas calls them."""
    nodes = clean(root)
    return 2 * sum(parsed(node) is not None for node in nodes) > len(nodes)


def read(root: Node, step: Step) -> Found:
    """A submission per user. Raises Refusal if one id has two names."""
    found = Found([], [])
    users: dict[str, list[Entry]] = defaultdict(list)
    for node in clean(root):
        entry = parsed(node)
        if entry is None:
            found.others.append(one_line(node.name))
        else:
            users[entry.id].append(entry)
    found.handed.extend(handed(id, entries, step) for id, entries in users.items())
    return found


def parsed(node: Node) -> Entry | None:
    """What the name of an entry says, or None if it is not one of Canvas's."""
    match = ANONYMOUS.fullmatch(node.name) or NAMED.fullmatch(node.name)
    if match is None or node.kind is Kind.FOLDER:
        return None
    file, attempt = match["file"] or "", 1
    again = AGAIN.fullmatch(file)
    before = again["stem"] + again["suffix"] if again else ""
    if again and (before.endswith(".py") or is_archive(before)):
        file, attempt = before, int(again["number"][:9]) + 1
    return Entry(
        node=node,
        id=match["id"],
        name=one_line(match["name"]),
        late=bool(match["late"]),
        attachment=int((match["attachment"] or "0")[:30]),
        file=file,
        attempt=attempt,
        typed=match["typed"] or "",
    )


def handed(id: str, entries: list[Entry], step: Step) -> Handed:
    """The submission that these files of one user are: of two versions of a file the newer one. Raises Refusal."""
    names = sorted({entry.name for entry in entries})
    if len(names) > 1:
        raise Refusal(
            f"Two names have the same Canvas id {id}, {names[0]} and {names[1]}: look at their files."
        )
    newest: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.attachment):
        if not entry.typed:
            newest[entry.file] = entry
    files = latest_archive(newest, step)
    return Handed(
        identity=id,
        name=names[0],
        root=Folder(id, tuple(Renamed(entry.file, entry.node) for entry in files)),
        late=any(entry.late for entry in entries),
        attempt=max(entry.attempt for entry in entries),
        remarks=tuple(remarks(entries, files)),
        reason="" if files else TYPED[entries[0].typed],
    )


def latest_archive(newest: dict[str, Entry], step: Step) -> list[Entry]:
    """The files that count: all, or, where no file of the step is among them, no archive but the last."""
    entries = list(newest.values())
    archives = [entry for entry in entries if is_archive(entry.file)]
    if any(file in newest for file in step.files):
        return entries
    return [entry for entry in entries if entry not in archives[:-1]]


def remarks(entries: list[Entry], files: list[Entry]) -> list[str]:
    """What whoever grades should know about this submission."""
    found = [
        f"an older {one_line(entry.file)} is left out"
        for entry in entries
        if entry.file and all(entry is not kept for kept in files)
    ]
    if any(TWO_READINGS.search(entry.node.name) for entry in entries):
        found.append("the file's name can be read in two ways: see that the id is this student's")
    return found
