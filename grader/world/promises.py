"""What this machine can keep of what the sandbox promises: found by trying, each time in a child process."""

import json
import os
import sys
from collections.abc import Callable, Sequence

from grader.outcome import Submission
from grader.steps import Limits
from grader.world.program import Program
from grader.world.site import Site, site
from grader.world.terms import NAMESPACES, Kind, Promise, Unavailable

_LIMITS = Limits(processes=8, open_files=32, memory_bytes=256 << 20, wall_seconds=20.0, clock_seconds=20.0)


def best_kind() -> Kind:
    """What a student's own check can have here: "world" where a private network can be made, else "plain"."""
    return "world" if _tried(_private_network)[0] else "plain"


def promises() -> Sequence[Promise]:
    """What the box promises, in the order in which one thing needs the other."""
    found: list[Promise] = []
    for name, trial, remedy in _TRIALS:
        if broken := next((promise.name for promise in found if not promise.holds), ""):
            found.append(Promise(name, False, f"not tried, for want of: {broken}"))
            continue
        holds, detail, own_remedy = _tried(trial)
        found.append(Promise(name, holds, detail, "" if holds else own_remedy or remedy))
    return found


def _private_network() -> str:
    network = site("world", _LIMITS, Submission(name="probe", files={})).network()
    network.close()
    return "every server gets a network of its own"


def _box() -> str:
    """Starts a box and runs nothing in it."""
    _output_of("print('here')", "here")
    return "a program runs inside bubblewrap, as nobody"


def _walls() -> str:
    _output_of(
        "import os; print(os.path.exists('/proc/self'), os.path.exists('/home'), os.getuid(), len(os.environ) < 9)",
        "False False 65534 True",
    )
    return "it sees no files, processes, users or environment of this machine"


def _no_way_out() -> str:
    _output_of(
        "import errno, socket\n"
        "outside = socket.socket(type=socket.SOCK_DGRAM).connect_ex(('192.0.2.1', 9))\n"
        "print(outside == errno.ENETUNREACH)",
        "True",
    )
    return "it reaches no other machine"


def _calls() -> str:
    _output_of(
        "import ctypes; print([ctypes.CDLL(None).unshare(1 << 28), ctypes.CDLL(None).ptrace(0, 0, 0, 0)])",
        "[-1, -1]",
    )
    return "system calls that lead out are refused"


def _limits() -> str:
    _output_of(
        "import threading\n"
        "e = threading.Event(); n = 0\n"
        "try:\n"
        "    while n < 20: threading.Thread(target=e.wait).start(); n += 1\n"
        "except RuntimeError: pass\n"
        "e.set()\n"
        "try: b = bytearray(300 << 20)\n"
        "except MemoryError: print(n < 8, 'bounded')",
        "True bounded",
    )
    return "processes and memory are bounded"


def _proof() -> str:
    if not _box_site().proof:
        raise Unavailable("the kernel does not tell what a process waits for (/proc/PID/syscall, sock_diag)")
    return "a server that waits for ever is proven to: no verdict by the clock"


_NEWER = "Install a newer bubblewrap (`sudo apt-get install bubblewrap`)."
# name, what is tried, what to do where it fails and does not say itself what to do
_TRIALS: tuple[tuple[str, Callable[[], str], str], ...] = (
    ("private network", _private_network, NAMESPACES),
    ("sandbox", _box, NAMESPACES),
    ("walls", _walls, _NEWER),
    ("no way out", _no_way_out, "Use a kernel with network namespaces (CONFIG_NET_NS)."),
    ("system calls", _calls, "Use a kernel with seccomp filters (CONFIG_SECCOMP_FILTER)."),
    ("limits", _limits, "Use Linux 5.14 or newer."),
    (
        "proof",
        _proof,
        "Use a kernel with CONFIG_PROC_CHILDREN, CONFIG_HAVE_ARCH_TRACEHOOK and CONFIG_INET_DIAG.",
    ),
)


def _box_site() -> Site:
    return site("box", _LIMITS, Submission(name="probe", files={}))


def _output_of(code: str, expected: str) -> None:
    """Runs `code` in a box. Raises Unavailable with what it printed, if that is not `expected`."""
    place = _box_site()
    network = place.network()
    program: Program | None = None
    try:
        program = place.start(network, ["-c", code])
        place.watch(program, network, _LIMITS).ends()
    finally:
        if program:
            program.close()
        network.close()
    if program.output().strip() != expected:
        raise Unavailable(f"a program inside printed {program.output(200).strip()!r} instead of {expected!r}")


def _tried(trial: Callable[[], str]) -> tuple[bool, str, str]:
    """Runs `trial` in a forked child, so that nothing of it stays: whether it went well, what it says, a remedy."""
    if sys.platform != "linux":
        return False, "this needs Linux", "Grade on Linux; `check` works everywhere."
    from grader.world.warden import ward  # Linux only

    reading, writing = os.pipe()
    parent, child = os.getpid(), os.fork()
    if child == 0:
        try:
            os.close(reading)
            ward(lambda: _tell(writing, trial), parent)  # a trial that is killed leaves no half-made box
        finally:
            os._exit(0)  # whatever comes, this process must not go on as a second one of the parent's kind
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as answer:
        holds, detail, remedy = json.loads(answer.read() or '[false, "the trial ended without a word", ""]')
    os.waitpid(child, 0)
    return holds, detail, remedy


def _tell(writing: int, trial: Callable[[], str]) -> None:
    """Writes what came of `trial` to `writing`."""
    try:
        answer = (True, trial(), "")
    except Unavailable as error:
        answer = (False, error.missing, error.remedy)
    except Exception as error:
        answer = (False, f"{type(error).__name__}: {error}", "")
    os.write(writing, json.dumps(answer).encode())
