"""How a cluster is started: the commands, to be copied."""

import shlex
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader.report.pen import Pen
from grader.report.tables import Listing
from grader.report.terminal import show

PORT = 8786  # Dask's own choice
HOST = "HOST"  # stands for the name of the scheduler's machine
PYTHON = ".venv/bin/python -m"
QUIET = "--no-dashboard --dashboard-address 127.0.0.1:0"  # without the second, Dask speaks plain HTTP to everybody


def show_cluster(folder: Path, console: Console) -> None:
    """What to do with the certificates in `folder`."""
    show(Listing(partial(cluster_listing, folder)), console)


def cluster_listing(folder: Path, pen: Pen) -> Iterator[Text]:
    """Each part of a cluster, the certificates that it needs, and the command that starts it."""
    yield pen.text(
        f"Certificates for a cluster are in {folder}: who has one of them can have its machines run anything."
    )
    for what, part, command in commands(folder):
        yield Text()
        needs = f"needs {folder}/ca.pem and {folder}/{part}.pem"
        yield pen.text(f"{what} ({needs}):", "bold")
        yield pen.whole(" ", command)


def commands(folder: Path) -> tuple[tuple[str, str, str], ...]:
    """What is started, whose certificate it needs, and the command."""
    there, address = shlex.quote(str(folder)), f"tls://{HOST}:{PORT}"

    def tls(part: str) -> str:
        return f"{QUIET} --tls-ca-file {there}/ca.pem --tls-cert {there}/{part}.pem"

    return (
        (
            "The scheduler, on a machine called HOST",
            "scheduler",
            f"{PYTHON} dask scheduler --protocol tls --port {PORT} {tls('scheduler')}",
        ),
        (
            "Each machine that judges",
            "worker",
            f"{PYTHON} dask worker {address} {tls('worker')}",
        ),
        (
            "The machine that grades",
            "client",
            f"{PYTHON} grader grade hw01 EXPORT --out results/hw01 --engine dask --scheduler {address} "
            f"--certificates {there}",
        ),
    )
