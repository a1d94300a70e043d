"""Another system, as far as one can be played on Linux: `python -m tests.elsewhere SYSTEM COMMAND ...`.

What a system does not have is hidden before anything of ours is imported. The libraries are imported before that:
they are not what is tested, and some would look for the real thing. What it has and Linux has not, its netstat and
its taskkill, the tests put on the path.
"""

import multiprocessing.connection  # noqa: F401
import os
import shutil  # noqa: F401
import signal
import socket
import subprocess  # noqa: F401
import sys
import tempfile  # noqa: F401
from typing import Any

import msgspec  # noqa: F401
import pytest  # noqa: F401
import rich.console
import rich.progress
import rich.table  # noqa: F401
import webtest  # noqa: F401

OURS = ("box", "loopback", "namespaces", "seccomp")  # of grader/world, Linux only
MODULES = {
    "win32": "crypt fcntl grp posix pty pwd resource spwd syslog termios tty",
    "darwin": "spwd",
}
NAMES: dict[Any, dict[str, str]] = {
    os: {
        "win32": "fork forkpty geteuid getpgid getsid getuid killpg memfd_create pidfd_open pipe2 posix_spawn "
        "pread setns setresuid setsid wait wait4",
        "darwin": "memfd_create pidfd_open sched_getaffinity sched_setaffinity",
    },
    signal: {
        "win32": "SIGALRM SIGCHLD SIGPIPE SIGXCPU pidfd_send_signal pthread_sigmask",
        "darwin": "pidfd_send_signal",
    },
    socket: {
        "win32": "AF_NETLINK AF_UNIX AF_VSOCK SO_REUSEPORT send_fds",
        "darwin": "AF_NETLINK AF_VSOCK SOCK_CLOEXEC",
    },
}


def pretend(system: str) -> None:
    """From here on this is `system`."""
    hidden: dict[str, Any] = dict.fromkeys(MODULES[system].split())
    hidden |= dict.fromkeys(f"grader.world.{name}" for name in OURS)
    sys.modules.update(hidden)  # None makes an import fail
    for module, absent in NAMES.items():
        for name in absent[system].split():
            vars(module).pop(name, None)
    sys.platform = system


if __name__ == "__main__":
    pretend(sys.argv[1])
    from grader.cli import main

    sys.exit(main(sys.argv[2:]))
