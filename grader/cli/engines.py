"""Where a class is judged: on this machine, or on a cluster; and the certificates of a cluster."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.common import PASSED, Commands, add_command, box, console
from grader.outcome import Refusal
from grader.steps import Step

if TYPE_CHECKING:
    from grader.engine import Making
    from grader.world import Kind

CERTIFICATES = Path("cluster")  # the folder, unless another one is named


def add_engine(command: argparse.ArgumentParser) -> None:
    """The options that say where submissions are judged, and how many at a time."""
    command.add_argument(
        "--engine",
        choices=("local", "dask"),
        default="local",
        help="local: worker processes on this machine; dask: the workers of a cluster",
    )
    command.add_argument(
        "--jobs",
        metavar="N",
        type=int,
        help=f"local: submissions at a time (default: {default_jobs()})",
    )
    command.add_argument("--scheduler", metavar="tls://HOST:PORT", help="dask: where its scheduler listens")
    command.add_argument(
        "--certificates",
        metavar="DIR",
        type=Path,
        help=f"dask: what `cluster-certificates` made (default: {CERTIFICATES})",
    )


def add(commands: Commands) -> None:
    """The command that makes certificates."""
    command = add_command(
        commands, "cluster-certificates", "certificates for a cluster of Dask, and how to start one"
    )
    command.set_defaults(command=certificates_command)
    command.add_argument("folder", metavar="DIR", type=Path, help="a new folder for them")
    command.add_argument(
        "--days", metavar="N", type=int, default=200, help="how long they hold (default: %(default)s)"
    )


def default_jobs() -> int:
    """One more than there are cores: judging waits a lot."""
    return (os.cpu_count() or 1) + 1


def kind_of_class(options: argparse.Namespace) -> "Kind":
    """Where the programs of a class run. Raises Refusal where it should be the box and that cannot be had."""
    from grader.world import best_kind

    if sys.platform != "linux":
        raise Refusal("`grade` needs Linux, so nothing was graded. `check` works everywhere.")
    if options.engine == "dask":
        if options.sandbox == "none":
            raise Refusal("A cluster judges in the sandbox only: leave --sandbox none out.")
        return "box"  # its workers try for themselves
    return best_kind() if options.sandbox == "none" else box("graded")


def engine_of(options: argparse.Namespace, step: Step, submissions: int) -> "Making":
    """What makes the engine that was asked for. Raises Refusal for options that do not go together."""
    if options.engine == "local":
        for name in ("scheduler", "certificates"):
            if getattr(options, name) is not None:
                raise Refusal(f"--{name} is for --engine dask.")
        return local_engine(options, step, submissions)
    if options.jobs is not None:
        raise Refusal("--jobs is for --engine local: a cluster judges as much at a time as it has workers.")
    if options.scheduler is None:
        raise Refusal("--engine dask needs --scheduler tls://HOST:PORT, the address of Dask's scheduler.")
    from grader.engine.cluster import elsewhere

    return elsewhere(step, options.scheduler, options.certificates or CERTIFICATES)


def local_engine(options: argparse.Namespace, step: Step, submissions: int) -> "Making":
    """What makes the engine on this machine."""
    from grader.engine import here

    jobs = default_jobs() if options.jobs is None else options.jobs
    if jobs < 1:
        raise Refusal("--jobs must be at least 1.")
    return here(step, min(jobs, submissions))


def certificates_command(options: argparse.Namespace) -> int:
    """Make the certificates, and say how a cluster is started with them."""
    from grader.engine.certificates import make
    from grader.report.cluster import show_cluster

    make(options.folder, options.days)
    show_cluster(options.folder, console())
    return PASSED
