"""Which sockets listen, found without touching the server: on Linux from the kernel's table, elsewhere from netstat."""

import re
import socket
import subprocess

from grader.world import tasks
from grader.world.network import Network
from grader.world.program import Program
from grader.world.sockets import LISTEN, Row
from grader.world.terms import Unavailable

# "tcp4 0 0 127.0.0.1.8000 *.* LISTEN" (macOS), "TCP 127.0.0.1:8000 0.0.0.0:0 LISTENING 4321" (Windows, where the
# last but one word is translated). What listens has no other end.
_LINE = re.compile(
    r"^\s*tcp\w*\s(?:.*\s)?(\S+)[.:](\d+)\s+(?:\*\.\*|0\.0\.0\.0:0|\[::\]:0)\s", re.IGNORECASE | re.MULTILINE
)


def listeners(program: Program, network: Network, proof: bool) -> list[Row]:
    """The listening sockets that `program` may be reached at: its own, where the system tells whose they are."""
    if network.table is None:
        return [row for row in netstat(_netstat()) if row.local[1] == network.port]
    rows = network.table.rows(LISTEN)
    if not rows or not proof:
        return rows
    own = tasks.inodes(program.pids())
    return [row for row in rows if row.inode in own]


def netstat(text: str) -> list[Row]:
    """The listening TCP sockets in what `netstat -an` prints on macOS, `netstat -ano` on Windows."""
    return [
        Row(LISTEN, (_packed(address), int(port)), (b"", 0), 0, 0, 0) for address, port in _LINE.findall(text)
    ]


def _netstat() -> str:
    try:
        return subprocess.run(["netstat", "-an"], capture_output=True, check=False, text=True).stdout
    except FileNotFoundError as error:
        raise Unavailable(
            "netstat, which tells when a server listens, is not installed", "Install it (net-tools)."
        ) from error


def _packed(address: str) -> bytes:
    address = address.strip("[]").partition("%")[0]
    if address == "*":
        return bytes(4)
    return socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)
