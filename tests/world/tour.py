"""A tour through all kinds of sites, as a script: it prints what it meets. Other users and systems run it too.

tour.py KIND …            through these kinds
tour.py promises          what this machine can keep
tour.py elsewhere KIND …  as on a system that is not Linux
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from grader.world import Kind

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

LINUX_ONLY = ("fcntl", "resource", "grader.world.box", "grader.world.namespaces", "grader.world.loopback")


def tour(kind: "Kind") -> dict[str, object]:
    """A server that answers, and one that waits for ever."""
    from tests.world.running import LIMITS, REQUEST, serving

    with serving(kind, "answers") as server:
        answered = server.ask()[0].reason
        idle = server.watch.idle()
        proof = server.watch._proof
    limits = LIMITS if proof else type(LIMITS)(clock_seconds=0.2)
    with serving(kind, "waits_for_more", limits=limits) as server, server.connect() as client:
        client.sendall(REQUEST)
        waited = server.watch.wait(client, readable=True)
        where = server.program.where()
    with serving(kind, "answers_through_a_subprocess") as server:
        subprocess = server.ask()[0].reason
    return {
        "answered": [answered, subprocess],
        "waited": [waited.reason, waited.doing],
        "where": where,
        "idle": idle,
        "proof": proof,
        "ending": server.program.close().reason,
    }


def main(words: list[str]) -> None:
    if words == ["promises"]:
        from grader.world import best_kind, promises

        print(
            json.dumps(
                [best_kind(), [[each.name, each.holds, each.detail, each.remedy] for each in promises()]]
            )
        )
        return
    if words[0] == "elsewhere":
        import subprocess  # noqa: F401 - the standard library must know where it really is

        sys.modules.update(dict.fromkeys(LINUX_ONLY))
        sys.platform = "darwin"
        words = words[1:]
    print(json.dumps([tour(cast("Kind", word)) for word in words]))


main(sys.argv[1:])
