"""The box: a student's program inside bubblewrap, in a network namespace that the judge has made. Linux only.

It sees its own files, read-only, a read-only /usr, an /etc of a few lines, a small /tmp, its own processes, and the
loopback of its network. It does not see /proc, the machine's files, users, environment or network. The submission
comes as bytes through memory: nothing is on disk, and nothing is left behind when the judge itself is killed.

Limits are set inside, by prlimit: only there does RLIMIT_NPROC count this box alone. Whoever kills the init process
of the box's process namespace kills them all; `--die-with-parent` does so when the judge dies. It follows the
thread that started the box, so that thread must live on.

The judge itself stays root where it is root: only its children give that up. It could not give it up before them
without losing what it needs afterwards: its interpreter and libraries may lie under a private home, each network
namespace wants CAP_SYS_ADMIN, and to look at another user's sleeping threads wants CAP_SYS_PTRACE. What would be
gained is a second wall behind the first: the judge handles student bytes only as data. But bubblewrap must never
run as real root. The kernel would remember that root is behind the box's user: root's files would be readable in
what is bound, /proc/sys writable, and RLIMIT_NPROC without effect.
"""

import json
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO

from grader.steps import Limits
from grader.world import seccomp, tasks
from grader.world.interpreter import Interpreter, environment, reachable
from grader.world.limits import limits_of_a_process
from grader.world.output import Output
from grader.world.program import Program, Sources
from grader.world.terms import NAMESPACES, Unavailable

FOLDER = "/submission"
COURSE = "/course"  # what is lent to it
BOX_USER = 65534  # who the program is, as it sees it
OUTSIDE_USER = 61000  # who bubblewrap is when the judge is root: an id that no account has

_ETC = {
    "passwd": b"root:x:0:0::/:/bin/false\nstudent:x:65534:65534:student:/tmp:/bin/false\n",
    "group": b"student:x:65534:\n",
    "hosts": b"127.0.0.1 localhost box\n::1 localhost\n",
    "nsswitch.conf": b"passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n",
    "services": b"echo 7/tcp\nhttp 80/tcp\nhttps 443/tcp\n",
    "protocols": b"ip 0 IP\nicmp 1 ICMP\ntcp 6 TCP\nudp 17 UDP\n",
}
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",  # threads reserve 64 MiB of address space each without it
}


@dataclass(slots=True)
class _Inhabitants:
    """The processes of one box. `init` is the first of them, seen from outside; `news` is what bubblewrap tells."""

    init: int
    handle: int  # a pidfd of it; -1: it has gone
    news: BinaryIO

    @classmethod
    def of(cls, news: BinaryIO) -> "_Inhabitants | None":
        """Those of the box that bubblewrap makes; None when it makes none."""
        line = news.readline()
        if not line:
            news.close()
            return None
        init = int(json.loads(line)["child-pid"])
        try:
            return cls(init, os.pidfd_open(init), news)
        except ProcessLookupError:  # it had very little to do
            return cls(init, -1, news)

    def pids(self) -> Sequence[int]:
        return tasks.descendants(self.init)[1:] if self.handle >= 0 else ()

    def kill(self) -> None:
        self.news.close()
        if self.handle < 0:
            return
        signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        select.select([self.handle], [], [])  # the kernel has ended all the others before it says so
        os.close(self.handle)
        self.handle = -1

    def status(self, code: int) -> int:
        if b"exit-code" not in self.news.read():
            raise Unavailable(
                "bubblewrap ended before the program in it", "See what else the machine is short of."
            )
        # bubblewrap says 128 + the signal's number, as a shell does; exit(137) looks the same.
        return code if code <= 128 or code - 128 not in signal.valid_signals() else 128 - code


class Launcher:
    """Starts boxes that all hold the same `files`: path inside the submission -> content.

    `lent` are files of the course, likewise, and `modules` the folder among them from which to import.
    """

    def __init__(
        self, limits: Limits, files: Mapping[str, bytes], lent: Mapping[str, bytes], modules: str
    ) -> None:
        bubblewrap = shutil.which("bwrap")
        if bubblewrap is None:
            raise Unavailable("bubblewrap is not installed", "Install it: `sudo apt-get install bubblewrap`.")
        self._bubblewrap = bubblewrap
        self._limits = limits
        self._files = dict(files)
        self._lent = dict(lent)
        self._environment = environment(_ENVIRONMENT, f"{COURSE}/{modules}" if modules else "")
        self._filter = seccomp.program()
        self._user = outside_user()
        self._interpreter = reachable(self._user)

    def start(self, arguments: Sequence[str]) -> Program:
        """Starts `python *arguments` in a box, in this thread's network namespace. Raises Unavailable."""
        output = Output(self._limits.output_bytes)
        with ExitStack() as stack:
            descriptors: list[int] = []

            def memory(content: bytes) -> str:
                """The number of a descriptor from which `content` can be read."""
                descriptor = os.memfd_create("file")
                stack.callback(os.close, descriptor)
                os.write(descriptor, content)
                os.lseek(descriptor, 0, os.SEEK_SET)
                descriptors.append(descriptor)
                return str(descriptor)

            told, telling = os.pipe()
            news = os.fdopen(told, "rb")
            stack.callback(os.close, telling)
            files = [
                word
                for path, content in self._contents().items()
                for word in ("--perms", "0444", "--file", memory(content), path)
            ]
            process = subprocess.Popen(
                [
                    self._bubblewrap,
                    *_walls(self._limits, self._interpreter, self._environment),
                    *files,
                    *("--remount-ro", "/", "--chdir", FOLDER),
                    *("--json-status-fd", str(telling), "--seccomp", memory(self._filter), "--"),
                    *("/usr/bin/prlimit", f"--nproc={self._limits.processes}"),
                    *limits_of_a_process(self._limits),
                    *self._interpreter.command,
                    *arguments,
                ],
                stdin=subprocess.DEVNULL,
                stdout=output.fileno(),
                stderr=output.fileno(),
                env={},  # bubblewrap's own, which its process would show
                pass_fds=[*descriptors, telling],
                user=self._user,
                group=self._user,
                extra_groups=None if self._user is None else [],
            )
        inhabitants = _Inhabitants.of(news)
        if inhabitants is None:
            process.wait()
            output.close()
            raise Unavailable(
                f"bubblewrap cannot make a sandbox here ({output.text(400).strip()})", NAMESPACES
            )
        return Program(process, inhabitants, output, self._limits, Sources(FOLDER, self._text))

    def _contents(self) -> dict[str, bytes]:
        submission = {f"{FOLDER}/{path}": content for path, content in self._files.items()}
        lent = {f"{COURSE}/{path}": content for path, content in self._lent.items()}
        return {f"/etc/{name}": content for name, content in _ETC.items()} | lent | submission

    def _text(self, name: str) -> str | None:
        return self._files[name].decode("utf-8", "replace") if name in self._files else None


def outside_user() -> int | None:
    """Whom bubblewrap is to run as; None: as the present user, who is not root."""
    return OUTSIDE_USER if os.geteuid() == 0 else None


def _walls(limits: Limits, interpreter: Interpreter, variables: Mapping[str, str]) -> list[str]:
    """Options of bwrap(1). Their order is that of its work: what comes after `--remount-ro /` finds it read-only."""
    prefix = (
        [] if interpreter.prefix is None else ["--ro-bind", str(interpreter.prefix), str(interpreter.prefix)]
    )
    return [
        *("--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-ipc", "--unshare-uts"),
        *("--unshare-cgroup-try", "--die-with-parent", "--new-session", "--cap-drop", "ALL"),
        *("--hostname", "box", "--uid", str(BOX_USER), "--gid", str(BOX_USER)),
        *("--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib"),
        *("--ro-bind-try", "/lib64", "/lib64", *prefix),
        # /dev and /dev/shm would be writable without a limit.
        *("--dev", "/dev", "--size", str(1 << 20), "--perms", "1777", "--tmpfs", "/dev/shm"),
        *("--remount-ro", "/dev"),
        *("--size", str(limits.scratch_bytes), "--perms", "1777", "--tmpfs", "/tmp", "--dir", FOLDER),
        "--clearenv",
        *(word for name, value in variables.items() for word in ("--setenv", name, value)),
    ]
