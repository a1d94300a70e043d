"""Sites: the three ways in which a student's program is started and watched.

box    private network namespace, bubblewrap     the official verdict
world  private network namespace, plain process  a student's own check on Linux
plain  the machine's loopback, plain process     everywhere else
"""

import os
import socket
import subprocess
import sys
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from grader.outcome import Submission
from grader.steps import APPLICATIONS, ROOT, Limits
from grader.world.network import Network
from grader.world.program import Program
from grader.world.sockets import Table
from grader.world.terms import NAMESPACES, Kind, Unavailable
from grader.world.watch import Watch

HOST = "127.0.0.1"
PORT = 8000  # in a private network it is always free


class Site:
    """Where one submission's program is started, as often as is needed, each time in a network that is given.

    `proof`: whether a Watch can prove things here; else its clocks decide.
    """

    def __init__(
        self,
        kind: Kind,
        networks: Callable[[int | None], Network],
        launch: Callable[[Sequence[str]], Program],
        proof: bool,
    ) -> None:
        self.kind = kind
        self.proof = proof
        self._networks = networks
        self._launch = launch

    def network(self, port: int | None = None) -> Network:
        """A fresh one: private, with `port` (8000, if not given); or the machine's loopback, with a free port."""
        return self._networks(port)

    def watch(self, program: Program, network: Network, limits: Limits) -> Watch:
        """Who waits for `program`, for the length of one check."""
        return Watch(program, network, limits, self.proof)

    def start(self, network: Network, arguments: Sequence[str]) -> Program:
        """Runs `python *arguments` in the submission's folder. Raises Unavailable when it can not be started.

        In a box it lives no longer than the thread that calls this.
        """
        with network.inside():
            return self._launch(arguments)


def site(kind: Kind, limits: Limits, submission: Submission, lent: Sequence[str] = ()) -> Site:
    """The site of a submission: its files, as they were read, go into a box; elsewhere its folder is run in place.

    `lent` are files of the course, by their path in it, that the program may import from APPLICATIONS.
    Call it once per process, while the process has one thread: an ordinary user's process moves to a user namespace
    of its own, for good. Raises Unavailable.
    """
    if kind != "plain" and sys.platform != "linux":
        raise Unavailable("a private network needs Linux", "Grade on Linux; `check` works everywhere.")
    networks = _private_networks() if kind != "plain" else _free_port
    if kind == "box":
        from grader.world import box

        files = {path: (ROOT / path).read_bytes() for path in lent}
        own = beside_lent(submission.files, lent)
        launch = box.Launcher(limits, own, files, APPLICATIONS if lent else "").start
    else:
        from grader.world import launch as plain

        modules = str(ROOT / APPLICATIONS) if lent else ""
        launch = plain.Launcher(limits, Path(submission.folder), modules).start
    return Site(kind, networks, launch, _can_prove())


def beside_lent(files: Mapping[str, bytes], lent: Sequence[str]) -> dict[str, bytes]:
    """`files` without those that would be imported in place of what is lent: a student's probe.py is not the probe."""
    names = {PurePosixPath(path).stem for path in lent if path.startswith(f"{APPLICATIONS}/")}
    return {
        path: content
        for path, content in files.items()
        if path.partition("/")[0].partition(".")[0] not in names
    }


def die_with_parent() -> None:
    """From now on this process does not outlive the one that started it, where the system offers that."""
    if sys.platform == "linux":
        from grader.world import namespaces

        namespaces.die_with_parent()


def _private_networks() -> Callable[[int | None], Network]:
    from grader.world import namespaces

    try:
        home = namespaces.home()
    except OSError as error:
        raise Unavailable(
            f"network namespaces are not allowed here ({error.strerror})", NAMESPACES
        ) from error

    def network(port: int | None) -> Network:
        with namespaces.inside(home):
            made = namespaces.network_namespace()
        with namespaces.inside(made):
            return Network(HOST, port or PORT, made, _table())

    weakref.finalize(network, os.close, home)  # it goes with the last site that uses it
    return network


def _free_port(_: int | None) -> Network:
    """The system's choice: another program may hold the one that was asked for."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return Network(HOST, probe.getsockname()[1], None, _table())


def _table() -> Table | None:
    """The table of sockets of the present network, where the kernel has one."""
    if sys.platform != "linux":
        return None
    try:
        table = Table()
        table.rows()
    except OSError:
        return None
    return table


def _can_prove() -> bool:
    """Tries whether this system tells what a sleeping process waits for, on one that waits in a read."""
    if sys.platform != "linux":
        return False
    from grader.world import tasks  # Linux only

    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as child:
        for _ in range(1000):
            # Some kernels count no turns: their zeros would prove anything.
            if any(task.call == "read" and task.turns != b"0" for task in tasks.snapshot([child.pid])):
                return True
            if not tasks.can_read_calls(child.pid):
                return False
            with suppress(subprocess.TimeoutExpired):
                child.wait(0.0005)
        child.kill()
    return False
