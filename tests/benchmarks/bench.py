"""`make bench`: what grading costs, as ratios in one run; how long a student waits for a check, step by step; and
whether a large class costs more for each of its submissions than a small one (classes.py).

The costs are measured on the solution of one step, at the same number of workers, one thing after the other: trust
the ratios, not the seconds. Nothing here fails by the clock.
It takes ten minutes on two cores, half of them for the class at size: COPIES=20 SIZES="20 200" make bench is shorter.
"""

import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from grader.batch import Plan, Watcher, grade
from grader.checks import table
from grader.engine import here
from grader.intake import open_class, read_folder
from grader.outcome import Status
from grader.report import json
from grader.steps import ROOT, Step, all_steps, find
from grader.world import Network, Program, Site, site
from tests.benchmarks import classes
from tests.benchmarks.measuring import WORKERS, Cost, measure

COPIES = int(os.environ.get("COPIES", "100"))
HANGS = """\
import socket, sys
listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
connection, _ = listener.accept()
while True:
    connection.recv(1 << 16)
    listener.accept()
"""


def grade_class(step: Step, source: Path, out: Path, *, right: bool) -> None:
    """Grade a class in the box, of which all are right, or none: else the figures mean nothing."""
    handed = open_class(source, step).handed
    plan = Plan(step=step, source=source, out=out, engine=here(step, WORKERS), kind="box", seed=1)
    for report in grade(plan, handed, Watcher()):
        if (report.score == report.max_score) is not right or report.status is Status.BROKEN:
            raise RuntimeError(
                f"{report.submission} has {report.score} points: {report.status} {report.reason}"
            )


def pytest_process(step: Step, folder: Path) -> None:
    """One submission by plain pytest, as a process."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "grader.plugin", "-p", "no:cacheprovider"]
    command += [f"grader/checks/{step.slug}.py", "--submission", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def pytest_class(step: Step, source: Path, count: int) -> None:
    folders = [Path(one.folder) for one in open_class(source, step).handed]
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(partial(pytest_process, step), folders[:count]))


def served(here: Site, network: Network, step: Step) -> Program:
    """The student's server, started in its box and listening."""
    program = here.start(network, ("server.py", network.host, str(network.port)))
    if not here.watch(program, network, step.limits).listening().ok:
        raise RuntimeError("the floor's server does not listen")
    return program


def exchange(network: Network, data: bytes) -> None:
    """One connection: `data` out and back, sending and receiving at once, and the end of both streams."""
    view, missing = memoryview(data), len(data)
    with network.socket() as client:
        client.connect((network.host, network.port))
        client.setblocking(False)
        while missing:
            readable, writable, _ = select.select([client], [client] if view else [], [])
            if writable:
                view = view[client.send(view) :]
            if readable:
                missing -= len(client.recv(1 << 18))
        client.setblocking(True)
        client.shutdown(socket.SHUT_WR)
        assert client.recv(1) == b""


def floor_once(step: Step, folder: Path) -> None:
    """Start the interpreter in a box, connect, one exchange per check, kill."""
    here = site("box", step.limits, read_folder(folder, step))
    network = here.network()
    program = served(here, network, step)
    for _ in table(step):
        exchange(network, b"hello, echo\r\n")
    program.close()


def same_work_once(step: Step, folder: Path) -> None:
    """As floor_once, with the programs that hw01's checks start and about the bytes that they send."""
    here = site("box", step.limits, read_folder(folder, step))
    network = here.network()
    program = served(here, network, step)
    for data in (b"hello, echo\r\n",) * (len(table(step)) + 300) + (
        bytes(1 << 20),
        bytes(8 << 20),
        bytes(8 << 20),
    ):
        exchange(network, data)
    imported = here.start(network, ("-c", "import server"))
    here.watch(imported, network, step.limits).ends()
    imported.close()
    program.close()
    served(here, network, step).close()


def forked(once: Callable[[], None], count: int) -> None:
    """`once`, `count` times, by as many forked processes at a time as there are workers."""
    running = set[int]()
    for _ in range(count):
        if len(running) == WORKERS:
            reap(running)
        child = os.fork()
        if not child:
            once()
            os._exit(0)
        running.add(child)
    while running:
        reap(running)


def reap(running: set[int]) -> None:
    child, status = os.wait()
    running.discard(child)
    if status:
        raise RuntimeError("a floor process failed")


def check_times(step: Step) -> tuple[float, float]:
    """A student's check of the solution, in seconds, the best of five: the whole process, and the judging in it."""
    command = [sys.executable, "-m", "grader", "check", step.slug, str(ROOT / "solutions" / step.slug)]
    whole, judging = [], []
    for _ in range(5):
        began = time.perf_counter()
        done = subprocess.run([*command, "--json", "-"], cwd=ROOT, stdout=subprocess.PIPE, check=False)
        whole.append(time.perf_counter() - began)
        if done.returncode:
            sys.exit(f"bench: the solution of {step.slug} has not every point")
        judging.append(json.loads(done.stdout).seconds)
    return min(whole), min(judging)


def print_check_times() -> None:
    """A line for each step."""
    print("one check by a student, of the solution (aim: under a second; ms)")
    print(f"{'':44} {'process':>8} {'judging':>8} {'checks':>8}")
    for step in all_steps():
        whole, judging = check_times(step)
        print(f"{step.slug:44} {whole * 1000:8.0f} {judging * 1000:8.0f} {len(table(step)):8}", flush=True)


def make_class(folder: Path, count: int, program: str) -> Path:
    for number in range(count):
        submission = folder / f"student{number:04}"
        submission.mkdir(parents=True)
        (submission / "server.py").write_text(program, "utf-8")
    return folder


def main() -> None:
    step = find(sys.argv[1] if len(sys.argv) > 1 else "hw01")
    few = max(COPIES // 5, 1)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        solution = (ROOT / "solutions" / step.slug / "server.py").read_text("utf-8")
        right = make_class(here / "right", COPIES, solution)
        hanging = make_class(here / "hanging", COPIES, HANGS)
        out = here / "out"
        print(
            f"{step.slug}: {len(table(step))} checks, {COPIES} submissions, {WORKERS} workers on {os.cpu_count()} cores"
        )
        print(
            f"{'per submission':44} {'wall ms':>8} {'CPU ms':>8} {'per s':>8} {'MB':>8} {'x wall':>8} {'x CPU':>8}"
        )
        one = right / "student0000"
        rows = (
            (
                "floor: box, connect, an exchange a check",
                COPIES,
                lambda: forked(partial(floor_once, step, one), COPIES),
            ),
            (
                "floor with the checks' starts and bytes",
                COPIES,
                lambda: forked(partial(same_work_once, step, one), COPIES),
            ),
            ("grade, boxed", COPIES, lambda: grade_class(step, right, out, right=True)),
            (
                "grade, boxed, every submission hangs",
                COPIES,
                lambda: grade_class(step, hanging, out, right=False),
            ),
            ("pytest, a process per submission, no box", few, lambda: pytest_class(step, right, few)),
        )
        costs: list[Cost] = []
        for name, count, run in rows:
            shutil.rmtree(out, ignore_errors=True)
            costs.append(measure(name, count, run))
            print(costs[-1].line(costs[0]), flush=True)
    floor, same, graded, hung, plain = costs
    print(f"a class that hangs costs {hung.wall / graded.wall:.2f} x a class that is right (aim: at most 3)")
    print(f"grading costs {graded.wall / floor.wall:.2f} x the floor (aim: at most 2)")
    print(f"and {graded.wall / same.wall:.2f} x the floor with the checks' starts and bytes")
    print(f"a pytest process per submission costs {plain.wall / graded.wall:.2f} x grading")
    print_check_times()
    print()
    classes.benchmark(find(classes.STEP), classes.SIZES)


if __name__ == "__main__":
    main()
