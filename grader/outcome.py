"""What a check concludes and what a report holds: frozen values, and the rule that turns outcomes into a score.

This is the bottom room of the grader. It imports nothing of ours, does no input or output, and every other
room speaks in its terms. All of it is data that survives a trip through JSON (grader/report/json.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Refusal(Exception):
    """Wrong use, or a machine that cannot: the message is the one sentence that a person needs to go on."""


class Outcome(StrEnum):
    """How one check ended. The four are never conflated."""

    PASS = "pass"
    FAIL = "fail"
    BLOCKED = "blocked"  # a check that must pass first did not
    BROKEN = "broken"  # our fault: never scored


class Level(StrEnum):
    """How binding a check's rule is: a MUST fails, a SHOULD warns, a MAY never counts."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    MAY = "MAY"


class Status(StrEnum):
    """What became of a whole submission."""

    GRADED = "graded"
    NOT_GRADABLE = "not gradable"  # nothing to judge: a file is missing, or the program does not start
    BROKEN = "broken"  # our fault: the score means nothing


class Visibility(StrEnum):
    """When a student sees more of a check than its title."""

    VISIBLE = "visible"
    AFTER_DEADLINE = "after deadline"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One row of a step's table of checks. The points of a step's rows add up to 100."""

    id: str  # the check function's name
    title: str  # the first line of its docstring: the sentence that a student reads
    points: int
    rule: str  # the rule it enforces: "handout, What to write" or "RFC 9112 §2.2"
    level: Level = Level.MUST
    read: str = ""  # where to read about it: "lecture 1, A stream of bytes"
    after: tuple[str, ...] = ()  # ids of the checks that must pass before this one says anything
    gate: bool = False  # a submission that fails it is not gradable
    visibility: Visibility = Visibility.VISIBLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What one student handed in, as bytes: nothing of it is opened again once it has been read."""

    name: str  # who, as the folder or the LMS calls them
    files: Mapping[str, bytes]  # by path inside the submission, "/" between its parts
    folder: str = ""  # where it lies, for a run in place
    reason: str = ""  # one sentence, if there is nothing to judge
    notes: tuple[str, ...] = ()  # remarks on how it was handed in, for the student


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of those whose work a submission is."""

    id: str  # as the LMS knows them, and as course.toml names them
    name: str = ""  # for people


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of some bytes that travelled, safe to print anywhere.

    `text` is printable ASCII in which every other byte, and the backslash, is a Python escape ("\\r\\n", "\\x80").
    `start` is the offset of its first byte in the whole, `total` the length of the whole, both in bytes.
    """

    text: str
    start: int
    total: int

    @classmethod
    def of(cls, data: bytes, around: int = 0, size: int = 256) -> "Excerpt":
        """At most `size` bytes of `data`, so chosen that the byte at offset `around` is among them."""
        start = max(0, min(around - size // 2, len(data) - size))
        part = data[start : start + size]
        return cls(part.decode("latin-1").encode("unicode_escape").decode("ascii"), start, len(data))

    @property
    def data(self) -> bytes:
        """The bytes themselves."""
        return self.text.encode("ascii").decode("unicode_escape").encode("latin-1")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on the wire or to the student's program, in order."""

    connection: int  # the client's 1st, 2nd … connection; 0 for the program itself
    action: (
        str  # "connects", "sends", "receives", "ends sending", "closes", … (wire/transcript.py has them all)
    )
    excerpt: Excerpt | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A lesson card: what one failed check has to say to the student who failed it."""

    checked: str  # the check's title
    sent: tuple[Event, ...]  # the exchange, up to the mismatch
    expected: str
    got: str
    wanted: Excerpt | None = None  # the bytes that were expected, around the first offending one
    came: Excerpt | None = None  # the bytes that came, around the first offending one
    offset: int | None = None  # index of the first offending byte, in the whole of what came
    fault: str = ""  # the fault by name, where it can be told
    diagnosis: str = ""  # what the program is doing instead: "it waits in recv() on …"
    where: tuple[
        str, ...
    ] = ()  # the student's own lines, innermost last: "server.py:12  data = conn.recv(4096)"
    printed: str = ""  # the end of what the program printed, escaped
    read: str = ""
    again: str = ""  # the command that repeats this check
    by_hand: str = ""  # a line of Python that repeats the exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One check's row in a report."""

    id: str
    title: str
    outcome: Outcome
    points: int
    earned: int
    level: Level
    rule: str
    seed: int  # repeats the check's random values
    visibility: Visibility = Visibility.VISIBLE
    blocked_by: str = ""  # the id of the check that failed first
    card: Card | None = None  # for FAIL
    trouble: str = ""  # for BROKEN: what went wrong with us, for the maintainer
    transcript: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One submission, one step."""

    step: str  # the slug
    title: str  # the step's
    submission: str
    status: Status
    reason: str = ""  # one sentence, unless the status is GRADED
    score: int
    max_score: int
    results: tuple[Result, ...]  # in the order of the step's table
    sandbox: str  # "box", "world" or "plain": see grader/world
    proof: bool  # stuck servers were proven stuck; else a clock decided
    seed: int
    seconds: float = 0.0  # wall time: what always differs between two runs with one seed
    notes: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()  # whose work it is; nobody, where that is not known


def verdict(checks: Sequence[Check], outcomes: Mapping[str, Outcome]) -> tuple[Status, int]:
    """The status and the score that these outcomes give, over the step's table alone.

    A check that is missing from `outcomes` earns nothing and makes the verdict BROKEN: we lost it.
    An outcome that the table does not name counts for nothing.
    """
    ended = [outcomes.get(check.id, Outcome.BROKEN) for check in checks]
    score = sum(check.points for check, outcome in zip(checks, ended, strict=True) if outcome is Outcome.PASS)
    if Outcome.BROKEN in ended:
        return Status.BROKEN, score
    if any(check.gate and outcome is Outcome.FAIL for check, outcome in zip(checks, ended, strict=True)):
        return Status.NOT_GRADABLE, score
    return Status.GRADED, score


def with_id(name: str, id: str) -> str:
    """Who, for people: the name, with the id in brackets where that is another."""
    return f"{name} ({id})" if name not in ("", id) else id


def printable(text: str) -> str:
    """`text` with everything that could steer a terminal or a page made visible: student output enters here.

    Newlines and tabs stay; control characters, escapes, bidi marks and other invisible characters become escapes.
    """
    if text.isprintable():
        return str(text)
    return "".join(
        character
        if character in "\n\t" or character.isprintable()
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )
