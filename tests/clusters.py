"""A cluster of Dask for tests: a scheduler and workers, processes of this machine, started by the commands that
`cluster-certificates` prints. The driver is a process too: Dask has threads, and the tests must be able to fork.
"""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from grader.steps import ROOT
from tests.processes import descendants, wait_until_ended

DRIVER = """\
import sys
from grader.cli import main
from grader.engine import cluster
cluster.PATIENCE = float(sys.argv[1])
sys.exit(main(sys.argv[2:]))
"""
ALLOWS = """\
import sys
from distributed import Client, Security
address, folder, number = sys.argv[1:]
security = Security(tls_ca_file=f"{folder}/ca.pem", tls_client_cert=f"{folder}/client.pem", require_encryption=True)
with Client(address, security=security) as client:
    client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", int(number)))
"""


@dataclass
class Cast:
    """A cluster: its certificates, its port, and the processes that were started."""

    folder: Path
    commands: list[str]  # as printed: scheduler, worker, grade
    port: int
    started: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"tls://127.0.0.1:{self.port}"

    @property
    def certificates(self) -> Path:
        return self.folder / "certificates"

    def words(self, line: str) -> list[str]:
        """A printed command, for this machine."""
        line = line.replace("HOST", "127.0.0.1").replace("8786", str(self.port))
        return [sys.executable, *shlex.split(line)[1:]]

    def start(self, name: str, *more: str, cwd: Path = ROOT, path: str = os.environ["PATH"]) -> None:
        """Start the scheduler, or workers."""
        part = name.partition(" ")[0]
        [words] = [self.words(line) for line in self.commands[:2] if f" dask {part} " in line]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.started[name] = subprocess.Popen(
                [*words, *more],
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "PATH": path, "PYTHONPATH": str(cwd), "TMPDIR": str(self.folder)},
                start_new_session=True,
            )

    def start_scheduler(self) -> None:
        self.start("scheduler", "--host", "127.0.0.1")

    def start_workers(self, number: int = 3, name: str = "worker", **more: object) -> None:
        words = ["--host", "127.0.0.1"]
        self.start(name, *words, "--nthreads", "1", "--nworkers", str(number), **more)  # type: ignore[arg-type]

    def answers(self) -> bool:
        """Whether somebody listens at the scheduler's port."""
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def end(self, name: str, how: int = signal.SIGTERM) -> None:
        """End what was started under that name, and see it ended."""
        process = self.started.pop(name)
        below = descendants(process.pid)
        process.send_signal(how)
        process.wait()
        wait_until_ended(below)

    def grading(
        self, source: "Path | str", out: Path, step: str = "hw01", patience: float = 60.0
    ) -> "subprocess.Popen[str]":
        """The printed command that grades, in a session of its own: only its patience is another."""
        line = self.commands[2].replace("EXPORT", str(source)).replace("results/hw01", str(out))
        words = self.words(line.replace("grade hw01", f"grade {step}"))
        return subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(patience), *words[3:], "--seed", "3"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def graded(self, *what: object, **how: object) -> "subprocess.CompletedProcess[str]":
        """What came of it."""
        with self.grading(*what, **how) as grading:  # type: ignore[arg-type]
            shown, said = grading.communicate()
        return subprocess.CompletedProcess(grading.args, grading.returncode, shown, said)

    def allow_failures(self, number: int) -> None:
        """Tell the scheduler after how many lost workers it gives a job up."""
        words = (self.address, str(self.certificates), str(number))
        subprocess.run([sys.executable, "-c", ALLOWS, *words], check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cast(folder: Path) -> Iterator[Cast]:
    """A cluster of which nothing runs yet; in the end nothing does."""
    printed = grader("cluster-certificates", str(folder / "certificates"))
    assert printed.returncode == 0, printed.stderr
    here = Cast(folder, re.findall(r"^ (\S.*)$", printed.stdout, re.MULTILINE), free_port())
    try:
        yield here
    finally:
        while here.started:
            here.end(next(reversed(here.started)))


def grader(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "grader", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
