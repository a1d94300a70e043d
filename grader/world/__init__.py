"""The only code that starts students' programs: where they run, in which network, and how one waits for them."""

from grader.world.network import Network
from grader.world.program import Program
from grader.world.promises import best_kind, promises
from grader.world.site import Site, die_with_parent, site
from grader.world.terms import Ending, Kind, Listening, Promise, Reason, Unavailable, Waited
from grader.world.watch import Watch

__all__ = [
    "Ending",
    "Kind",
    "Listening",
    "Network",
    "Program",
    "Promise",
    "Reason",
    "Site",
    "Unavailable",
    "Waited",
    "Watch",
    "best_kind",
    "die_with_parent",
    "promises",
    "site",
]
