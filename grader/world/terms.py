"""The words of this room: what a site, a program and a watch tell the judge. Plain values, no system calls."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from grader.outcome import Refusal

Kind = Literal["box", "world", "plain"]


class Unavailable(Refusal):
    """This machine cannot do it. The message says what is missing, and what to do about it."""

    def __init__(self, missing: str, remedy: str = "") -> None:
        """`missing` has no full stop, `remedy` is a sentence."""
        super().__init__(f"{missing}. {remedy}".strip())
        self.missing = missing
        self.remedy = remedy


NAMESPACES = (  # what to do where namespaces are refused
    "Allow user namespaces (Ubuntu: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`; Debian: `sudo"
    " sysctl -w kernel.unprivileged_userns_clone=1`; Docker: `--security-opt seccomp=unconfined`), or run as root"
    " outside a container."
)


class Reason(StrEnum):
    """Why a wait ended."""

    READY = "ready"  # what was waited for has happened
    STUCK = "stuck"  # proven: it never will, unless we act
    SPINNING = "spinning"  # the CPU budget is spent
    ASLEEP = "asleep"  # the sleep budget is spent, or is sure to be
    ENDED = "ended"  # the program is gone
    CAP = "cap"  # nothing was proven in limits.wall_seconds
    CLOCK = "clock"  # nothing can be proven here, and limits.clock_seconds are over


@dataclass(frozen=True, slots=True)
class Waited:
    """How a wait ended. `doing` is for students: "it waits in recv() on the connection, 0 bytes unread"."""

    reason: Reason
    doing: str = ""


@dataclass(frozen=True, slots=True)
class Listening:
    """Whether the program listens where it should; if not, where it listens instead ("127.0.0.1:8080").

    `alive`: it does not, and still runs, so Program.where() can tell more.
    """

    ok: bool
    elsewhere: tuple[str, ...] = ()
    doing: str = ""
    alive: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """How a program ended. `status` is None when we stopped it; `reason` completes "your program …"."""

    status: int | None  # the exit status, or minus the signal's number
    reason: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that the sandbox promises, and whether this machine can keep it: found by trying."""

    name: str
    holds: bool
    detail: str
    remedy: str = ""
