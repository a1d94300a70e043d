"""Network namespaces, and the user namespace in which an ordinary user may make them. Linux only: import it late.

A socket stays in the network namespace in which it was made, whoever uses it and wherever from.
"""

import ctypes
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.world.loopback import raise_loopback

NEWUSER = 0x10000000  # CLONE_NEWUSER
NEWNET = 0x40000000  # CLONE_NEWNET
_LIBC = ctypes.CDLL(None, use_errno=True)  # os.unshare and os.setns came with Python 3.12
_LOWEST_PORT = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")  # a server may be given any port
_LINGERING = Path("/proc/sys/net/ipv4/tcp_max_tw_buckets")  # how many closed connections it remembers
_SMALL_TABLE = Path("/proc/sys/net/ipv4/tcp_child_ehash_entries")


def _call(name: str, *arguments: int) -> None:
    if getattr(_LIBC, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def adopt_orphans() -> None:
    """From now on a process whose parent has died becomes a child of this process, if it descends from it."""
    _call("prctl", 36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def die_with_parent() -> None:
    """From now on this process is killed when the thread that started it ends."""
    _call("prctl", 1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG


def own_user_namespace() -> None:
    """Moves this process, which must have one thread, to a user namespace and a network namespace of its own.

    The user keeps its id and gains, over what belongs to the new namespace, every capability until it calls
    exec. The old network namespace is out of reach from here on. Raises OSError where this is not allowed.
    """
    user, group = os.geteuid(), os.getegid()
    _call("unshare", NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _call("unshare", NEWNET)
    raise_loopback()


def home() -> int:
    """A descriptor of a network namespace to make others from. Raises OSError where that is not allowed.

    Root makes it directly. Anyone else gets a user namespace first, and for good.
    """
    try:
        made = network_namespace()
    except PermissionError:
        own_user_namespace()
        made = network_namespace()
    with inside(made):
        # The namespaces made from here get a small table of connections each, instead of a share of the
        # machine's large one: reading it then costs 0.03 ms instead of 1.3 ms. Linux 6.1; a matter of speed alone.
        if os.access(_SMALL_TABLE, os.W_OK):
            _SMALL_TABLE.write_text("64")
    return made


def network_namespace() -> int:
    """A descriptor of a new network namespace in which loopback works and nothing else does."""
    previous = _current()
    try:
        _call("unshare", NEWNET)
        try:
            raise_loopback()
            _LOWEST_PORT.write_text("0")
            _LINGERING.write_text("4096")  # a small table remembers 32: then a port is free too soon
            return _current()
        finally:
            _call("setns", previous, NEWNET)
    finally:
        os.close(previous)


@contextmanager
def inside(namespace: int) -> Iterator[None]:
    """This thread's new sockets, and the processes that it starts, belong to `namespace`. Nests."""
    previous = _current()
    try:
        _call("setns", namespace, NEWNET)
        try:
            yield
        finally:
            _call("setns", previous, NEWNET)
    finally:
        os.close(previous)


def _current() -> int:
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
