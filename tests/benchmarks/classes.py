"""A class at size: does a submission cost the same among 2,000 as among 20, and does the memory stay?

    python -m tests.benchmarks.classes [STEP] [SIZE ...]

Each class (synthetic.py) is graded by the command, from Canvas's zip and gradebook to the pages, and then by the same
command once more, which has nothing to judge. What a class of one costs is the start, and is told apart: per submission
is what each one more costs. The classes take turns, and of several runs the median counts. No verdict may be another
than the corpus says, else the figures mean nothing.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

from grader.gradebook import Reports
from grader.steps import ROOT, Step, find
from tests.benchmarks import page
from tests.benchmarks.figures import (
    Run,
    Runs,
    each,
    header,
    line,
    marginal,
    ratio,
    repeats,
    schedule,
    tenths,
    typical,
)
from tests.benchmarks.measuring import WORKERS, account
from tests.benchmarks.synthetic import TOGETHER, Synthetic

STEP = "hw02"  # a tenth of a second for each submission: 2,000 take minutes
SIZES = tuple(map(int, os.environ.get("SIZES", "20 200 2000").split()))
DRIVER = """\
import json, resource, sys
where, door, *words = sys.argv[1:]
with open(door, "w") as file:
    file.write("0")
from grader.cli import main
status = main(words)
own = resource.getrusage(resource.RUSAGE_SELF)
[peak] = [int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:")]
largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
with open(where, "w") as file:
    json.dump({"driver": own.ru_utime + own.ru_stime, "peak": peak, "largest": largest}, file)
sys.exit(status)
"""


def graded(source: Path, out: Path, step: Step) -> Run:
    """One run of the command."""
    told = out.with_suffix(".json")
    words = ("grade", step.short, str(source), "--roster", str(source.with_suffix(".csv")), "--out", str(out))
    with account() as processor, out.with_suffix(".log").open("wb") as log:
        command = [sys.executable, "-c", DRIVER, str(told), processor.door, *words, "--seed", "1"]
        started, began, before = time.time(), time.perf_counter(), processor.seconds()
        done = subprocess.run([*command, "--jobs", str(WORKERS)], cwd=ROOT, stdout=log, check=False)
        wall, cpu = time.perf_counter() - began, processor.seconds() - before
    if done.returncode > 1:
        sys.exit("bench: the class could not be graded")
    usage = json.loads(told.read_text())
    finished = [path.stat().st_mtime for path in (out / "reports").glob("*.json")]
    return Run(
        wall=wall,
        cpu=cpu,
        driver=usage["driver"],
        driver_peak=usage["peak"] * 1024,
        largest_peak=usage["largest"] * 1024,
        ending=(out / "index.html").stat().st_mtime - max(started, *finished),
        growth=tenths(finished),
        page=(out / "index.html").stat().st_size,
        text=(out / "class.txt").stat().st_size,
        book=(out / "gradebook.sqlite").stat().st_size,
    )


def written(folder: Path, made: Synthetic) -> Path:
    """The export, and beside it the roster."""
    source = folder / f"class{made.size}.zip"
    source.write_bytes(made.export())
    source.with_suffix(".csv").write_bytes(made.roster())
    return source


def check(out: Path, made: Synthetic) -> None:
    """Every verdict is the one that was expected."""
    reports = {report.submission: report for report in Reports(out)}
    for number in range(made.size):
        specimen = made.specimen(number)
        if difference := specimen.differences(reports[specimen.id]):
            sys.exit(f"bench: {made.programs[number % len(made.programs)].id}, mutated: {difference}")


def measured(folder: Path, step: Step, sizes: tuple[int, ...]) -> tuple[Runs, Runs]:
    """The runs that judge, and those that find everything judged. The last results stay in `folder`, by size."""
    first, again = defaultdict[int, list[Run]](list), defaultdict[int, list[Run]](list)
    classes = {size: Synthetic(step, size) for size in (1, *sizes)}
    sources = {size: written(folder, made) for size, made in classes.items()}
    for size in schedule(classes):
        out = folder / str(size)
        shutil.rmtree(out, ignore_errors=True)
        print(f"grading {size:,} …", file=sys.stderr, flush=True)
        first[size].append(graded(sources[size], out, step))
        check(out, classes[size])
        again[size].append(graded(sources[size], out, step))
    return first, again


def show(title: str, runs: Runs) -> None:
    """One table, and its ratios."""
    sizes = sorted(set(runs) - {1})
    one = typical(runs[1])
    print(f"\n{title}; per submission is what each one more costs, after the first")
    print(f"a class of one: {one.wall:.2f} s, CPU {one.cpu:.2f} s, the driver's {one.driver:.2f} s")
    print(header())
    for size in sizes:
        print(line(runs, size))
    for size in sizes[:-1]:
        print(ratio(runs, sizes[-1], size))
    print(flush=True)


def elsewhere(folder: Path, step: Step, size: int, here: Runs) -> str:
    """The same class on a cluster of this machine: a scheduler and as many workers, by TLS."""
    if find_spec("distributed") is None:
        return "Dask: not measured, `make extras` installs it"
    from tests.clusters import cast
    from tests.processes import wait_for

    walls = dict[int, float]()
    (folder / "cluster").mkdir()
    with cast(folder / "cluster") as cluster:
        cluster.start_scheduler()
        cluster.start_workers(WORKERS)
        wait_for(cluster.answers, "a scheduler")
        for one in (1, 1, size):  # the first finds workers that are not ready yet
            out = folder / f"dask{one}"
            shutil.rmtree(out, ignore_errors=True)
            began = time.perf_counter()
            done = cluster.graded(folder / f"class{one}.zip", out, step.short, 600.0)
            walls[one] = time.perf_counter() - began
            if done.returncode > 1:
                sys.exit(f"bench: the cluster did not grade the class: {done.stderr}")
            check(out, Synthetic(step, one))
    wall = marginal(walls[size], walls[1], size)
    return (
        f"Dask, {WORKERS} workers on this machine: a class of one {walls[1]:.2f} s, "
        f"then {wall * 1000:.1f} ms per submission of {size:,}, {wall / each(here, size)[0]:.2f} x the local engine"
    )


def benchmark(step: Step, sizes: tuple[int, ...]) -> None:
    """Measure it all, and print it."""
    sizes = tuple(sorted(set(sizes)))
    smallest, largest = sizes[0], sizes[-1]
    if smallest < 2:
        sys.exit("bench: a class has two submissions or more; what one costs is measured besides")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        times = ", ".join(f"{size:,} ({repeats(size)} x)" for size in sizes)
        print(f"{step.slug}: a class at size, {times}, {WORKERS} workers")
        first, again = measured(folder, step, sizes)
        show("graded", first)
        if largest >= 10 * TOGETHER:  # else two tenths are not the same programs
            growth = typical(first[largest]).growth
            print(f"the last tenth of {largest:,} took {growth:.2f} x the first tenth")
        show("graded again, with nothing to judge", again)
        some = next((size for size in sizes if size > smallest), smallest)
        print(elsewhere(folder, step, some, first), flush=True)
        print(page.measured(folder / str(largest) / "index.html"))


def main() -> None:
    slug, *sizes = sys.argv[1:] or [STEP]
    benchmark(find(slug), tuple(map(int, sizes)) or SIZES)


if __name__ == "__main__":
    main()
