"""Which Python runs a submission: never the virtual environment that holds the grader, always its base."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.world.terms import Unavailable

# No bytecode files, no user's packages, nothing buffered, and a SIGABRT says where it is. Variables of the environment
# would change all that; but they are ours (`environment`), and the folder of lent modules is told through one.
FLAGS = ("-B", "-s", "-u", "-X", "faulthandler")
SYSTEM = Path("/usr/bin/python3")
_USR = Path("/usr")
_NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """An interpreter, and the folder outside /usr that it needs, if any."""

    path: Path
    prefix: Path | None = None

    @property
    def command(self) -> tuple[str, ...]:
        """The beginning of the command line."""
        return (str(self.path), *FLAGS)


def environment(variables: Mapping[str, str], modules: str) -> dict[str, str]:
    """`variables` without those that Python heeds, and with the folder of `modules` that are lent, if there are any."""
    ours = {name: value for name, value in variables.items() if not name.startswith("PYTHON")}
    return {**ours, "PYTHONPATH": modules} if modules else ours


def base() -> Interpreter:
    """The interpreter that the running one is, or was made from."""
    executable = getattr(sys, "_base_executable", None) or sys.executable
    prefix = Path(sys.base_prefix).resolve()
    outside = None if prefix.is_relative_to(_USR) else prefix
    return Interpreter(Path(executable).resolve(), outside)


def reachable(uid: int | None, preferred: Interpreter | None = None) -> Interpreter:
    """The base interpreter if the user `uid` (None: the present one) can run it, else the system's.

    An interpreter under somebody's private home is the case that matters. Raises Unavailable.
    """
    preferred = preferred or base()
    if preferred.prefix is None or _runs(preferred.path, uid):
        return preferred
    if SYSTEM.exists() and _runs(SYSTEM, uid):
        return Interpreter(SYSTEM)
    raise Unavailable(
        f"the sandbox cannot run {preferred.path}, which is private, and {SYSTEM} is missing or older than 3.11",
        "Install Python 3.11 or newer for all users (`sudo apt-get install python3`).",
    )


def _runs(path: Path, uid: int | None) -> bool:
    command = [str(path), "-I", "-S", "-c", _NEW_ENOUGH]
    try:
        if uid is None:
            return subprocess.run(command, cwd="/", env={}, check=False, capture_output=True).returncode == 0
        return (
            subprocess.run(
                command,
                cwd="/",
                env={},
                check=False,
                capture_output=True,
                user=uid,
                group=uid,
                extra_groups=[],
            ).returncode
            == 0
        )
    except OSError:
        return False
