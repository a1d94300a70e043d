"""What is counted of a class at size, and what follows from it: pure functions of numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import median

MOST_REPEATS = 5
HEADS = (
    "wall ms",
    "CPU ms",
    "driver ms",
    "per s",
    "driver MB",
    "largest MB",
    "class s",
    "page KB",
    "text KB",
    "book KB",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of `grade` over a class."""

    wall: float  # seconds
    cpu: float  # seconds, of all its processes
    driver: float  # seconds of the processor, of the driver alone
    driver_peak: float  # bytes of memory
    largest_peak: float  # bytes, of the largest process below the driver
    ending: (
        float  # seconds from the last submission's page to the class's; from the start, where none was judged
    )
    growth: float  # the time that the last tenth of the submissions took, in that of the first
    page: float  # bytes of index.html
    text: float  # of class.txt
    book: float  # of gradebook.sqlite


Runs = Mapping[int, Sequence[Run]]  # by the size of the class; there is one of size 1


def schedule(sizes: Iterable[int]) -> Iterator[int]:
    """Which class is graded when: small ones often, for a moment says little about them, and all in turn."""
    for round in range(MOST_REPEATS):
        yield from (size for size in sizes if round < repeats(size))


def repeats(size: int) -> int:
    """How often a class of that size is graded: 5 times up to 20, then less, and once from 1,000."""
    return MOST_REPEATS if size <= 20 else 3 if size < 1000 else 1


def typical(runs: Sequence[Run]) -> Run:
    """The run in whose every figure as many others have more as have less."""
    middle = {field.name: median(getattr(run, field.name) for run in runs) for field in fields(Run)}
    return Run(**middle)


def marginal(total: float, alone: float, size: int) -> float:
    """What one submission more costs, where a class of that size costs `total` and a class of one `alone`."""
    return (total - alone) / (size - 1)


def each(runs: Runs, size: int) -> tuple[float, float, float]:
    """Wall, processor and driver, in seconds: what one submission more costs in a class of that size."""
    run, one = typical(runs[size]), typical(runs[1])
    pairs = ((run.wall, one.wall), (run.cpu, one.cpu), (run.driver, one.driver))
    wall, cpu, driver = (marginal(total, alone, size) for total, alone in pairs)
    return wall, cpu, driver


def line(runs: Runs, size: int) -> str:
    """One row of the table."""
    run = typical(runs[size])
    wall, cpu, driver = each(runs, size)
    numbers = f"{wall * 1000:10.1f} {cpu * 1000:10.1f} {driver * 1000:10.2f} {1 / wall:10.1f} "
    memory = f"{run.driver_peak / 2**20:10.1f} {run.largest_peak / 2**20:10.1f} {run.ending:10.2f} "
    return f"{size:7,} {numbers}{memory}{run.page / 1e3:10.0f} {run.text / 1e3:10.0f} {run.book / 1e3:10.0f}"


def header() -> str:
    """What stands above the rows."""
    return f"{'size':>7} " + " ".join(f"{head:>10}" for head in HEADS)


def ratio(runs: Runs, large: int, small: int) -> str:
    """The large class in terms of the small one."""
    times = [one / other for one, other in zip(each(runs, large), each(runs, small), strict=True)]
    wall, cpu, driver = (f"{number:.2f}" for number in times)
    big, little = typical(runs[large]), typical(runs[small])
    peaks = (big.driver_peak / little.driver_peak, big.largest_peak / little.largest_peak)
    memory = "memory of the driver {:.2f}, of the largest process {:.2f}".format(*peaks)
    return f"{large:,} : {small:,}   wall {wall}, CPU {cpu}, the driver's CPU {driver}; {memory}"


def tenths(times: Sequence[float]) -> float:
    """How long the last tenth of what was done at these times took, in terms of the first tenth; 1 where there are
    too few for that."""
    done = sorted(times)
    tenth = len(done) // 10
    if not tenth or done[tenth] == done[0]:
        return 1.0
    return (done[-1] - done[-1 - tenth]) / (done[tenth] - done[0])
