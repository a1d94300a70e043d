"""The warden of a worker, or of a trial of the sandbox: a process that does nothing but see to it that the other
leaves nothing behind.

Asking the kernel to be killed with one's parent is not enough: a box that is being set up has not asked yet, and a
plain program never asks it for the processes that it starts. What descends from the warden and loses its parent
becomes the warden's own child. When the worker or the driver has ended, the warden ends them all, and then itself.

Linux only: import it late.
"""

import contextlib
import os
import select
import signal
from collections.abc import Callable

from grader.world import die_with_parent, namespaces, tasks


def ward(work: Callable[[], None], driver: int) -> None:
    """Run `work` in a child process until that ends, or `driver`, our parent, does, or SIGTERM comes.

    Returns when no process is left of it.
    """
    asked, asking = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(asking)
    signal.signal(signal.SIGTERM, lambda *_: None)  # what it does is to be written to `asking`
    namespaces.adopt_orphans()
    try:
        with contextlib.suppress(ProcessLookupError):
            watched = [asked, os.pidfd_open(driver)]
            if os.getppid() == driver:  # else it was gone already, and the number is another's
                watched.append(os.pidfd_open(_start(work)))
                select.select(watched, [], [])
    finally:  # Ctrl-C among them
        end_children()


def end_children() -> None:
    """Kill everything that descends from this process. Returns when nothing is left."""
    while children := tasks.children(os.getpid()):
        for pid in tasks.descendants(os.getpid())[1:]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in children:
            os.waitpid(pid, 0)


def die_with(parent: int) -> None:
    """From now on this process does not outlive `parent`, which has forked it."""
    die_with_parent()
    if os.getppid() != parent:  # it was gone before the kernel could be asked
        os._exit(1)


def _start(work: Callable[[], None]) -> int:
    """Run `work` in a child process. Returns its pid."""
    warden = os.getpid()
    child = os.fork()
    if not child:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            die_with(warden)
            work()
        finally:
            os._exit(0)
    return child
