"""Kills the grader at random moments, and compares what comes of it: `python -m tests.kills 200 [SEED]`.

A class is graded once in peace. Then it is graded again and again, each time into a folder of its own, with SIGKILL for
the driver, or for one of its workers and of the judges that these fork, at moments that a seed has chosen. The same
command goes on, until it is left in peace. What is in the folder then must be what was in the first one.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import zip_longest
from pathlib import Path

from grader.steps import ROOT
from tests.corpus import SUBMISSIONS
from tests.grading import RIGHT, hand_in, reports_in, verdict_of
from tests.processes import no_process_left, parents

FAULTY = ("answers_at_the_end", "cuts_at_nul", "fixed_port", "line_by_line", "waits_for_two_bytes")
PER_FOLDER = 6  # kills, then peace
LATEST = 40  # looks at the processes, before one of them is killed
LOOK = 0.005  # seconds between two looks


def make_class(folder: Path) -> Path:
    """Eight submissions: right, wrong in several ways, and nothing at all; none whose cards differ from run to run."""
    for name in ("ada", "grace"):
        hand_in(folder / name, RIGHT)
    for name in FAULTY:
        hand_in(folder / name, (SUBMISSIONS / "faulty" / "hw01_echo" / name / "server.py").read_bytes())
    (folder / "empty").mkdir()
    return folder


def driver(source: Path, out: Path) -> "subprocess.Popen[bytes]":
    """`grade`, in a session of its own."""
    command = [sys.executable, "-m", "grader", "grade", "hw01", str(source), "--out", str(out), "--seed", "1"]
    return subprocess.Popen(
        [*command, "--jobs", "3"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def processes(pid: int) -> dict[str, list[int]]:
    """The driver, its wardens, their workers, and the judges that these have forked. Below them are the students'.

    Wardens lead sessions. What else the driver starts belongs to its trials of the sandbox, which have wardens of
    their own. A box in the making may outlive a warden that is killed: no warden is killed here.
    """
    table = parents()
    found = {"driver": [pid], "warden": [child for child in children(table, [pid]) if leads_a_session(child)]}
    found["worker"] = children(table, found["warden"])
    found["judge"] = children(table, found["worker"])
    return found


def children(table: dict[int, int], above: list[int]) -> list[int]:
    """Their children."""
    return [child for child, parent in sorted(table.items()) if parent in above]


def leads_a_session(pid: int) -> bool:
    """Whether it does, and is still there."""
    with suppress(ProcessLookupError):
        return os.getsid(pid) == pid
    return False


def disturb(grading: "subprocess.Popen[bytes]", chance: random.Random) -> str:
    """Kill one process of the run at a moment to come. Returns its role; "" if the run was over before that.

    The moment is counted from when a process of some role is there.
    """
    role = chance.choice(("driver", "driver", "worker", "judge"))
    seen = role if role != "driver" else chance.choice(("warden", "judge"))
    looks = chance.randrange(LATEST)
    pause = threading.Event()
    while grading.poll() is None:
        there = processes(grading.pid)
        looks -= bool(there[seen])
        if looks < 0 and there[role]:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(there[role]), signal.SIGKILL)
            return role
        pause.wait(LOOK)  # nobody sets it
    return ""


def result(out: Path) -> dict[str, object]:
    """All that must be the same: the class's tables, the gradebook, and what the pages on disk say."""
    with closing(sqlite3.connect(out / "gradebook.sqlite")) as database:
        [sound] = database.execute("PRAGMA integrity_check").fetchone()
        columns = "place, student, broken, name, submission, judging, status, score, max_score, drawn IS NULL"
        rows = database.execute(f"SELECT {columns} FROM results ORDER BY place, student, broken").fetchall()
        members = database.execute("SELECT place, id, student, name FROM members ORDER BY 1, 2").fetchall()
    pages = sorted(path.relative_to(out).as_posix() for path in out.rglob("*"))
    return {
        "soundness": sound,
        "members": members,
        **{f"row of {row[1]}": row for row in rows},
        **{f"report of {name}": verdict_of(report) for name, report in reports_in(out).items()},
        "pages": pages,
        **{name: (out / name).read_text("utf-8") for name in ("class.json", "class.txt")},
    }


def finish(source: Path, out: Path) -> None:
    """Grade in peace, to the end. Fails where that is not a class with faults in it."""
    with driver(source, out) as grading:
        _, said = grading.communicate()
    assert grading.returncode == 1, said.decode()


def campaign(kills: int, seed: int, folder: Path) -> Iterator[Counter[str]]:
    """After each folder of results: the kills so far, by role. Fails at the first difference."""
    chance = random.Random(seed)
    source = make_class(folder / "class")
    finish(source, folder / "peace")
    wanted = result(folder / "peace")
    done: Counter[str] = Counter()
    round = 0
    while done.total() < kills:
        round += 1
        out = folder / f"round{round}"
        before = done.total()
        while done.total() < min(before + PER_FOLDER, kills):
            with no_process_left(), driver(source, out) as grading:
                role = disturb(grading, chance)
                if role == "driver":
                    grading.wait()
                _, said = grading.communicate()
                assert not said.strip() or role, said.decode()
            if not role:
                break  # it came to its end: from here on there is nothing to disturb
            done[role] += 1
        finish(source, out)
        found = result(out)
        for what in wanted | found:
            assert found.get(what) == wanted.get(what), difference(what, found.get(what), wanted.get(what))
        yield done


def difference(what: str, found: object, wanted: object) -> str:
    """The first line of it that differs."""
    pairs = zip_longest(str(found).splitlines(), str(wanted).splitlines())
    return f"{what}: {next((pair for pair in pairs if pair[0] != pair[1]), (found, wanted))}"


def main() -> int:
    """Returns 0 if nothing was lost."""
    kills, seed = (int(given or default) for given, default in zip_longest(sys.argv[1:3], (12, 1)))
    with tempfile.TemporaryDirectory() as folder:
        for done in campaign(kills, seed, Path(folder)):
            print(f"{done.total():4} kills, nothing lost: {dict(sorted(done.items()))}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
