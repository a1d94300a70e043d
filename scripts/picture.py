"""Draw what a demo prints through lectures/speaking.py: two lanes, the client's left, the server's right.

An arrow is what travels: bytes, the end of a stream, or a reset. A line of text without an arrow is a call that
only looks, or something that the demo says. scripts/lecture NN --write draws every picture that a page shows.
"""

import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

LANES = re.compile(r"^client +server$")  # the line under each heading, and before the first call
SERVER = 33  # the column in which the server's lines begin, as in speaking.py: "<-- ", or blank
CALL = re.compile(r"(?P<who>\w+: )?(?P<name>sendall|send|shutdown|close)\((?P<argument>.*)\)")
AFTER = {"data": "", "end": ": end of stream", "reset": ": reset", "note": ""}  # follows an arrow's call

WIDTH, LEFT, RIGHT = 760, 24, 736  # pixels: the picture, and its two lanes
INSET, LINE, CHARACTER = 16, 19, 7.83  # from a lane to its text; a line's height; a character's width
FITS = int((RIGHT - LEFT - 2 * INSET) / CHARACTER)  # characters between the lanes

STYLE = """
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328 }
.heading { font-weight: bold }
.paper { fill: #ffffff; stroke: #d1d9e0 }
.lane { stroke: #afb8c1 }
.data { stroke: #0969da; fill: #0969da }
.end { stroke: #59636e; fill: #59636e; stroke-dasharray: 6 4 }
.reset { stroke: #cf222e; fill: #cf222e; stroke-dasharray: 2 3 }
.head { stroke-dasharray: none }
.note { fill: #59636e }
.error { fill: #cf222e }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.paper { fill: #0d1117; stroke: #3d444d }
.lane { stroke: #57606a }
.data { stroke: #58a6ff; fill: #58a6ff }
.end { stroke: #9198a1; fill: #9198a1 }
.reset { stroke: #ff7b72; fill: #ff7b72 }
.note { fill: #9198a1 }
.error { fill: #ff7b72 }
}
""".strip()


class NoWire(ValueError):
    """A transcript in which no client and no server speak. The message is a sentence."""


class Row(NamedTuple):
    """One call, or one thing said."""

    side: str  # "client" or "server"
    kind: str  # "data", "end" and "reset" travel, a "note" does not
    text: list[str]  # what is said; of data only the bytes, as Python writes them, and how they go on


class Scene(NamedTuple):
    """What stands under one heading."""

    heading: str
    rows: list[Row]


def scenes(transcript: str) -> list[Scene]:
    """The scenes of a transcript, whose lines are those of speaking.py. Raises NoWire."""
    found: list[Scene] = []
    heading = ""
    for line in transcript.splitlines():
        if line.startswith("# "):
            heading = line[2:]
        elif LANES.match(line):
            found.append(Scene(heading, []))
        elif found and line:
            add(found[-1].rows, line)
    if not any(scene.rows for scene in found):
        raise NoWire("Nothing speaks in this transcript: it has no line 'client … server'.")
    return [Scene(scene.heading, judged(scene.rows)) for scene in found]


def add(rows: list[Row], line: str) -> None:
    """Add a line of a transcript; an indented one goes on with the line before it."""
    server = line.startswith(" " * SERVER)
    side, travels = (
        ("server", line[SERVER:].startswith("<--")) if server else ("client", line.endswith(" -->"))
    )
    text = line[SERVER + 4 :] if server else line.removesuffix("-->").rstrip()
    if text.startswith("  ") and rows and rows[-1].side == side:
        rows[-1].text.append(text.strip())
    elif travels:
        rows.append(Row(side, "end" if re.search(r"(shutdown|close)\(", text) else "data", [text]))
    else:
        rows.append(Row(side, "note", [text]))


def judged(rows: list[Row]) -> list[Row]:
    """The rows, now that the whole scene is known: which ends were resets, and which were none any more."""
    ended: set[str] = set()
    result = []
    for number, row in enumerate(rows):
        kind, call = row.kind, CALL.match(row.text[0])
        if kind == "end" and call:
            who = call["who"] or row.side
            again = who in ended and call["name"] == "close"
            ended = ended - {who} if call["name"] == "close" else ended | {who}
            kind = "reset" if is_reset(rows, number) else "note" if again else "end"
        result.append(Row(row.side, kind, labels(row, kind, call)))
    return result


def is_reset(rows: list[Row], number: int) -> bool:
    """Whether this is the last end of its side before the other side's call fails by a reset."""
    side = rows[number].side
    for row in rows[number + 1 :]:
        if row.side == side and row.kind == "end":
            return False
        if row.side != side and "raises ConnectionResetError" in row.text[0]:
            return True
    return False


def labels(row: Row, kind: str, call: re.Match[str] | None) -> list[str]:
    """The lines of text that stand at a row, none wider than the picture."""
    first = row.text[0]
    if kind == "data" and call:
        first = (call["who"] or "") + call["argument"]
    lines = [first + AFTER[kind], *row.text[1:]]
    return [part for line in lines for part in textwrap.wrap(line, FITS, subsequent_indent="  ")]


def svg(title: str, transcript: str) -> str:
    """The picture of a transcript. Raises NoWire."""
    found = scenes(transcript)
    drawn: list[str] = []
    y = 8
    for scene in found:
        y = draw_scene(scene, y, drawn)
    height = y + 12
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
            f' viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(" ".join(spoken(found)))}</desc>',
            f"<style>\n{STYLE}\n</style>",
            f'<rect class="paper" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>',
            *drawn,
            "</svg>\n",
        ]
    )


def spoken(found: list[Scene]) -> Iterator[str]:
    """The picture in sentences, for those who do not see it."""
    for scene in found:
        yield f"{scene.heading}:" if scene.heading else "Scene:"
        for side, kind, text in scene.rows:
            yield f"{side}{'' if kind == 'note' else ' sends'}: {' '.join(text)};"


def draw_scene(scene: Scene, y: int, drawn: list[str]) -> int:
    """Draw a scene below `y`. Returns where it ends."""
    if scene.heading:
        y += LINE + 4
        drawn.append(write(LEFT - INSET / 2, y, scene.heading, "heading"))
    y += LINE + 4
    drawn.append(write(LEFT - INSET / 2, y, "client"))
    drawn.append(write(RIGHT + INSET / 2 - len("server") * CHARACTER, y, "server"))
    top = y = y + 6
    rows: list[str] = []
    for row in scene.rows:
        y = draw_row(row, y, rows)
    drawn += [f'<path class="lane" d="M{x} {top}V{y + 8}"/>' for x in (LEFT, RIGHT)]
    drawn += rows
    return y + 12


def draw_row(row: Row, y: int, drawn: list[str]) -> int:
    """Draw a row below `y`, with its text at the side that acts. Returns where it ends."""
    wide = max(map(len, row.text)) * CHARACTER
    x = LEFT + INSET if row.side == "client" else RIGHT - INSET - wide
    lane = LEFT if row.side == "client" else RIGHT
    look = (
        "" if row.kind == "data" else "error" if " raises " in row.text[0] or row.kind == "reset" else "note"
    )
    if row.kind == "note" and (row.side == "server" or re.search(r"\w\(", row.text[0])):
        # At the left stands what the client does, and also what the demo itself says: that has no dot.
        drawn.append(f'<circle class="note" cx="{lane}" cy="{y + LINE - 4}" r="2.5"/>')
    for line in row.text:
        y += LINE
        drawn.append(write(x, y, line, look))
    if row.kind == "note":
        return y
    y += 9
    drawn.append(arrow(row, y))
    return y + 3


def arrow(row: Row, y: int) -> str:
    """An arrow to the other lane; that of a reset ends in a cross."""
    start, end, back = (LEFT, RIGHT, -8) if row.side == "client" else (RIGHT, LEFT, 8)
    head = f"M{end} {y}l{back} -4v8z"
    if row.kind == "reset":
        head = f"M{end + back} {y - 4}l{-back} 8m0 -8l{back} 8"
    return (
        f'<path class="{row.kind}" d="M{start} {y}H{end + back}"/><path class="{row.kind} head" d="{head}"/>'
    )


def write(x: float, y: int, text: str, look: str = "") -> str:
    """A line of text, whose spaces count."""
    named = f' class="{look}"' if look else ""
    return f'<text x="{x:.1f}" y="{y}"{named} xml:space="preserve">{escape(text)}</text>'
