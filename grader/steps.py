"""The table of steps, read from homework/*/step.toml: what a step is called, handed in, run and allowed."""

import shlex
import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from grader.outcome import Refusal

ROOT = Path(__file__).resolve().parent.parent
HOMEWORK = ROOT / "homework"
WORKER = ROOT / "grader" / "bridge" / "worker.py"
APPLICATIONS = "grader/applications"  # where a student's WSGI server finds what it is to run,
PROBE = "probe:app"  # and what it runs unless a check wants another


OPTIONAL = {"given", "lent"}  # keys of step.toml that most steps do without


class UnknownStep(Refusal):
    """No step has that name. The message names the nearest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a student's program may use. The first four decide verdicts, the others only contain it."""

    cpu_seconds: float = 2.0  # CPU time that may pass without a byte of progress
    sleep_seconds: float = 2.0  # time asleep that may pass without a byte of progress
    wall_seconds: float = 60.0  # the last cap on one wait
    clock_seconds: float = 5.0  # the cap on one wait where nothing can be proven
    life_cpu_seconds: int = 60  # CPU time of one process
    memory_bytes: int = 1 << 30  # address space of one process
    processes: int = 64  # processes and threads, together
    open_files: int = 256
    output_bytes: int = 64 << 20  # the largest file, and so the most that may be printed
    scratch_bytes: int = 16 << 20  # /tmp


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung of the ladder."""

    slug: str  # "hw01_echo": the folder, the module of checks, the CLI argument, the test id
    title: str
    files: tuple[str, ...]  # what a submission must hold
    given: tuple[str, ...] = ()  # what lies in the homework folder besides, and is not handed in
    lent: tuple[str, ...] = ()  # files of the course that the program may import, from APPLICATIONS
    run: str  # how it is run: "python3 server.py HOST PORT"; or "app.py: app", an application behind our worker
    lecture: str  # the slug of the lecture that goes with it
    limits: Limits

    @property
    def short(self) -> str:
        """The name that people type: "hw01"."""
        return self.slug.partition("_")[0]

    @property
    def number(self) -> int:
        """1 for hw01_echo."""
        return int(self.short.removeprefix("hw"))

    @property
    def application(self) -> str:
        """The application that a submission holds, "app:app"; "" where it is a program of its own."""
        module, found, name = self.run.partition(".py: ")
        return f"{module}:{name}" if found else ""

    def arguments(self, host: str, port: int, application: str = PROBE) -> tuple[str, ...]:
        """What the interpreter is given to run a submission that is to listen there: ("server.py", "127.0.0.1", …).

        `application` is the one that a WSGI server is to run, "probe:app".
        """
        if self.application:
            return ("-c", WORKER.read_text("utf-8"), host, str(port), self.application)
        _, *words = self.run.split()
        values = {"HOST": host, "PORT": str(port), "MODULE:APP": application}
        return tuple(values.get(word, word) for word in words)

    def command(self, host: str, port: int, application: str = PROBE) -> str:
        """The same for people, who need not read the worker."""
        if self.application:
            return f"python3 … {host} {port} {self.application}"
        within_reach = f"PYTHONPATH=../../{APPLICATIONS} " if self.lent else ""
        return within_reach + shlex.join(("python3", *self.arguments(host, port, application)))

    @property
    def folder(self) -> Path:
        """The homework folder."""
        return HOMEWORK / self.slug


def load(folder: Path) -> Step:
    """The step that `folder`/step.toml describes. Raises ValueError for a key that is unknown or missing."""
    table: dict[str, Any] = tomllib.loads((folder / "step.toml").read_text("utf-8"))
    limits = table.pop("limits", {})
    names = {field.name for field in fields(Step)} - {"slug", "limits", *OPTIONAL}
    if set(table) - OPTIONAL != names or not set(limits) <= {field.name for field in fields(Limits)}:
        raise ValueError(
            f"{folder / 'step.toml'} needs exactly {', '.join(sorted(names))}, "
            f"and may have {', '.join(sorted(OPTIONAL))} and known [limits]"
        )
    lists: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    return Step(slug=folder.name, limits=Limits(**limits), **lists)


def all_steps() -> tuple[Step, ...]:
    """Every step that exists, in order."""
    return tuple(load(path.parent) for path in sorted(HOMEWORK.glob("hw*/step.toml")))


def find(name: str) -> Step:
    """The step called `name`, long ("hw01_echo") or short ("hw01"). Raises UnknownStep."""
    steps = all_steps()
    for step in steps:
        if name in (step.slug, step.short):
            return step
    names = [name for step in steps for name in (step.short, step.slug)]
    near = get_close_matches(name, names, n=1, cutoff=0.0)
    raise UnknownStep(
        f"There is no step {name!r}. Did you mean {near[0]!r}? `python -m grader list` shows them all."
    )
