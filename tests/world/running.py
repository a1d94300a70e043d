"""What the tests of this folder share: a program that runs in a network, and busy neighbours."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.outcome import Submission
from grader.steps import Limits
from grader.world import Kind, Network, Program, Reason, Waited, Watch, site

SERVERS = Path(__file__).parent / "servers"
KINDS: tuple[Kind, ...] = ("box", "world", "plain")
REQUEST = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
LIMITS = Limits(cpu_seconds=0.5, sleep_seconds=0.5, wall_seconds=60.0, clock_seconds=60.0)


@dataclass
class Running:
    """A program that was started."""

    network: Network
    program: Program
    watch: Watch

    def connect(self) -> socket.socket:
        """A connected client, which sends at once what it is given."""
        client = self.network.socket()
        client.connect((self.network.host, self.network.port))
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return client

    def ask(self) -> tuple[Waited, bytes]:
        """Sends a request, and reads to the end of the stream: how the last wait ended, and the answer."""
        with self.connect() as client:
            client.sendall(REQUEST)
            data = bytearray()
            while (waited := self.watch.wait(client, readable=True)).reason is Reason.READY:
                piece = client.recv(65536)
                if not piece:
                    break
                data += piece
            return waited, bytes(data)


def submission(folder: Path) -> Submission:
    """The Python files of a folder."""
    files = {path.name: path.read_bytes() for path in folder.glob("*.py")}
    return Submission(name=folder.name, files=files, folder=str(folder))


@contextmanager
def running(
    kind: Kind,
    *arguments: str,
    limits: Limits = LIMITS,
    folder: Path = SERVERS,
    network: Network | None = None,
    proof: bool = True,
) -> Iterator[Running]:
    """Runs `python *arguments`, of which HOST and PORT are filled in, and ends it."""
    place = site(kind, limits, submission(folder))
    own = network or place.network()
    words = [{"HOST": own.host, "PORT": str(own.port)}.get(word, word) for word in arguments]
    program = place.start(own, words)
    try:
        yield Running(own, program, Watch(program, own, limits, proof and place.proof))
    finally:
        program.close()
        if network is None:
            own.close()


@contextmanager
def serving(
    kind: Kind, name: str, *more: str, limits: Limits = LIMITS, proof: bool = True
) -> Iterator[Running]:
    """Runs one of the servers of this folder until it listens."""
    with running(kind, f"{name}.py", "HOST", "PORT", *more, limits=limits, proof=proof) as server:
        assert server.watch.listening().ok, server.program.output()
        yield server


def said(
    kind: Kind, code: str, *arguments: str, limits: Limits = LIMITS, network: Network | None = None
) -> str:
    """What a piece of Python prints before it ends."""
    with running(kind, "-c", code, *arguments, limits=limits, network=network) as program:
        program.watch.ends()
        return program.program.output().strip()


@contextmanager
def busy_neighbours(count: int) -> Iterator[None]:
    """Loops that want a CPU each."""
    loops = [subprocess.Popen([sys.executable, "-S", "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def alive(pids: list[int]) -> list[int]:
    """Those of these processes that are there, and are not merely waited for."""
    return [pid for pid in pids if _state(pid) not in ("", "Z")]


def _state(pid: int) -> str:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def is_root() -> bool:
    return os.geteuid() == 0
