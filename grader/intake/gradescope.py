"""A Gradescope export: a folder per submission, and a file that says whose they are.

    assignment_512_export/submission_metadata.yml
    assignment_512_export/submission_90871/server.py

The file is YAML that Ruby wrote: keys begin with a colon, values may have anchors and tags of Ruby's, and what an
earlier autograder said stands among them. We take the events of the YAML parser, one submission at a time: nothing is
constructed, every scalar stays text, and 007 stays 007.
"""

import re
from collections.abc import Iterator
from typing import Any

from grader.intake.bounds import MOST_TABLE, Unreadable, megabytes
from grader.intake.folders import place
from grader.intake.handed import Handed
from grader.intake.nodes import Folder, Kind, Node, clean, one_line
from grader.intake.plain import Found
from grader.outcome import Member, Refusal
from grader.steps import Step

METADATA = "submission_metadata.yml"
TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:\d\d)")
DEEPEST = 50  # what is nested deeper in the metadata is no metadata
Value = Any  # str, or a list or dict of Values


def fits(root: Node) -> bool:
    """Whether the file is there."""
    return any(node.name == METADATA and node.kind is Kind.FILE for node in clean(root))


def read(root: Node, step: Step) -> Found:  # noqa: ARG001
    """A submission per entry of the file, and per folder that it forgot. Raises Refusal if it cannot be read."""
    nodes = {node.name: node for node in clean(root)}
    found = Found([], [])
    for id, told in metadata(nodes.pop(METADATA)):
        found.handed.append(handed(id, told, nodes.pop(id, None)))
    for name, node in nodes.items():
        if node.kind is Kind.FOLDER:
            remark = f"{METADATA} does not name it"
            found.handed.append(
                Handed(identity=one_line(name), root=node, folder=place(node), remarks=(remark,))
            )
        else:
            found.others.append(one_line(name))
    return found


def handed(id: str, told: Value, node: Node | None) -> Handed:
    """The submission called `id`, about which the file says `told`. A group's identity is that of all its members."""
    submitters = told.get(":submitters", ()) if isinstance(told, dict) else ()
    members = tuple(filter(None, map(member, submitters if isinstance(submitters, list) else ())))
    created = told.get(":created_at", "") if isinstance(told, dict) else ""
    created = created.get("utc", "") if isinstance(created, dict) else created
    return Handed(
        identity="+".join(sorted(member.id for member in members)) or one_line(id),
        name="; ".join(member.name for member in members if member.name),
        members=members,
        when=iso(created) if isinstance(created, str) else "",
        root=node or Folder(id, ()),
        folder=place(node) if node else "",
        reason="" if node else "the export holds no files of it",
    )


def iso(time: str) -> str:
    """A time as Ruby writes it, in ISO 8601 with its offset; "" if it is none."""
    match = TIME.match(time)
    return f"{match[1]}T{match[2]}{match[3].replace('Z', '+00:00')}" if match else ""


def member(told: Value) -> Member | None:
    """One submitter, known by the student id, or by the address where there is none; None without either."""
    values = {key: told[key] for key in told if isinstance(told[key], str)} if isinstance(told, dict) else {}
    id = values.get(":sid", "").strip() or values.get(":email", "").strip()
    if not id:
        return None
    # An identity names files, and this one comes from a form that anybody may have filled in.
    return Member(id=one_line(id).replace("/", "\\x2f"), name=one_line(values.get(":name", "")))


def metadata(node: Node) -> Iterator[tuple[str, Value]]:
    """The name of each submission and what the file says about it. Raises Refusal."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        content = node.read(MOST_TABLE)
        if len(content) > MOST_TABLE:
            raise Unreadable(f"it holds more than {megabytes(MOST_TABLE)}")
        yield from submissions(yaml.parse(content, Loader=loader), {})
    except (Unreadable, yaml.YAMLError) as error:
        problem = str(error).splitlines()[0]
        raise Refusal(f"Cannot read {METADATA} of this Gradescope export: {problem}.") from error


def submissions(events: Iterator[Any], anchors: dict[str, Value]) -> Iterator[tuple[str, Value]]:
    """The keys and values of the outermost mapping, one at a time. Raises Unreadable if a key comes twice."""
    import yaml

    seen: set[str] = set()
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            for event in events:  # noqa: PLW2901 - the events of the mapping: the outer loop has done its work
                if isinstance(event, yaml.MappingEndEvent):
                    return
                id = str(value(event, events, anchors))
                if id in seen:
                    raise Unreadable(f"{id} is there twice")
                seen.add(id)
                yield id, value(next(events), events, anchors)
    raise Unreadable("it is no list of submissions")


def value(event: Any, events: Iterator[Any], anchors: dict[str, Value], depth: int = DEEPEST) -> Value:
    """What begins with `event`: text, or a list or dict. An alias is what its anchor was. Raises Unreadable."""
    import yaml

    if not depth:
        raise Unreadable(f"it is nested more than {DEEPEST} deep")
    if isinstance(event, yaml.AliasEvent):
        return anchors.get(event.anchor or "", "")
    found: Value = event.value if isinstance(event, yaml.ScalarEvent) else []
    if isinstance(event, yaml.CollectionStartEvent):
        for event_in in events:
            if isinstance(event_in, yaml.CollectionEndEvent):
                break
            found.append(value(event_in, events, anchors, depth - 1))
    if isinstance(event, yaml.MappingStartEvent):
        keys = (key if isinstance(key, str) else "" for key in found[::2])
        found = dict(zip(keys, found[1::2], strict=True))
    if getattr(event, "anchor", None):
        anchors[event.anchor] = found
    return found
