"""A worker that is started, not forked: `python -m grader.engine.standalone`, for a process with threads, of which no
fork comes out well.

First it says whether it is fit: an empty message, or why it is not. Then it judges as any worker (worker.py) does.
"""

import sys
from multiprocessing.connection import Connection
from pathlib import Path

from grader.engine.worker import guarded, work
from grader.gradebook import digest
from grader.steps import Step, find


def main() -> None:
    """The life of one: for process `parent`, at the other end of the socket `descriptor`, until `idle` seconds pass
    without a job.
    """
    descriptor, parent, idle, slug, wanted, *trial = sys.argv[1:]
    connection, step = Connection(int(descriptor)), find(slug)

    def life() -> None:
        why = unfit(step, bytes.fromhex(wanted), trial=bool(trial))
        connection.send_bytes(why.encode())
        if not why:
            work(connection, step, float(idle))

    guarded(int(parent), life)


def unfit(step: Step, wanted: bytes, *, trial: bool) -> str:
    """Why this process must not judge for a driver whose fingerprint is `wanted`: a sentence's end, or nothing.

    A `trial` of the sandbox is made once in a worker of Dask: it takes a second.
    """
    if fingerprint(step) != wanted:
        return "its course, its Python or its libraries are not those of the machine that grades"
    if not trial:
        return ""
    from grader.world import promises

    missing = [promise for promise in promises() if not promise.holds]
    return f"no sandbox: {missing[0].detail}. {missing[0].remedy}".rstrip(". ") if missing else ""


def fingerprint(step: Step) -> bytes:
    """32 bytes: all that makes a verdict on `step`, but for its random values, and how it travels."""
    engine = sorted(Path(__file__).parent.glob("*.py"))
    judging = digest.of_judging(step, seed=0, kind="box", fresh=False)
    return digest.of_parts([judging, *(path.read_bytes() for path in engine)])


if __name__ == "__main__":
    main()
