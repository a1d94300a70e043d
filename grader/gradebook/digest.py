"""Fingerprints that say when a result still holds: of what was handed in, and of what judges it.

Two results of one student with the same two fingerprints are results of the same question.
"""

import platform
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from grader.outcome import Submission
from grader.steps import ROOT, Step
from grader.world import Kind

# What a verdict comes from, of all that is ours: whatever grader/checks/STEP.py and grader/judge.py import.
ROOMS = ("expect", "wire", "world", "plugin", "bridge")
MODULES = ("__init__.py", "judge.py", "outcome.py", "steps.py", "checks/__init__.py")
LIBRARIES = ("pytest", "WebTest", "requests", "msgspec")


def of_submission(submission: Submission) -> bytes:
    """32 bytes: every file by its path and content, and the reason, if there is nothing to judge.

    Whose it is does not count, nor where it lies.
    """
    parts = [submission.reason.encode()]
    for path, content in sorted(submission.files.items()):
        parts += (path.encode("utf-8", "surrogateescape"), content)
    return of_parts(parts)


def of_judging(step: Step, *, seed: int, kind: Kind, fresh: bool) -> bytes:
    """32 bytes: the step's checks, all that they stand on, and how they are run.

    The machine is not part of it: its kernel, its bubblewrap, its installed packages.
    """
    parts = [f"{seed} {kind} {fresh} {platform.python_version()}".encode()]
    parts += [f"{name} {version(name)}".encode() for name in LIBRARIES]
    for path in sources(step):
        parts += (path.relative_to(ROOT).as_posix().encode(), path.read_bytes())
    return of_parts(parts)


def of_drawing(way: str) -> bytes:
    """32 bytes: all that makes a student's pages of a report, and the `way` in which it is asked to."""
    report = ROOT / "grader" / "report"
    files = sorted(path for path in report.rglob("*") if path.suffix != ".pyc" and path.is_file())
    return of_parts([way.encode(), *(path.read_bytes() for path in files)])


def sources(step: Step) -> Iterator[Path]:
    """The files of ours that a verdict on `step` comes from, in a fixed order."""
    grader = ROOT / "grader"
    yield step.folder / "step.toml"
    for lent in step.lent:
        yield ROOT / lent
    yield from (grader / name for name in MODULES)
    yield from sorted((grader / "checks").glob(f"{step.short}_*.py"))
    for room in ROOMS:
        yield from sorted((grader / room).rglob("*.py"))


def of_parts(parts: Iterable[bytes]) -> bytes:
    """One digest of all parts, each with its length: none can run over into the next."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
