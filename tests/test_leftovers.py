"""After a class with every kind of bad submission nothing is left of it: on the machine, or in the driver."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from io import BufferedReader
from pathlib import Path

import pytest

from grader.batch import CannotWrite, Plan, Watcher, grade
from grader.engine import here
from grader.intake import open_class
from grader.outcome import Report, Status
from grader.world import Kind
from tests.corpus import SUBMISSIONS
from tests.grading import CAPITALS, CRASHES, SPINS, STEP, WAITS, hand_in
from tests.traces import contents, nothing_left

FLOODS = b"import sys\nwhile True: sys.stdout.write('x' * 65536)\n"
DAEMON = b"""\
import os, signal
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True: signal.pause()
    os._exit(0)
"""
SCRATCH = b"import tempfile\ntempfile.mkdtemp()\ntempfile.mkstemp()\nopen('/tmp/left-behind', 'w')\n"
BAD = {
    "hangs": WAITS,
    "spins": SPINS,
    "floods": FLOODS,
    "crashes": CRASHES,
    "shouts": CAPITALS,
    "daemon": DAEMON + WAITS,
    "scratch": SCRATCH,
    "syntax": b"def serve(:\n",
}


@pytest.fixture
def bad_class(tmp_path: Path) -> Path:
    for name, program in BAD.items():
        hand_in(tmp_path / "class" / name, program)
    for name in ("processes/leaves_a_daemon", "resources/fills_the_disk"):
        hand_in(
            tmp_path / "class" / Path(name).name, (SUBMISSIONS / "hostile" / name / "server.py").read_bytes()
        )
    (tmp_path / "class" / "empty").mkdir()
    (tmp_path / "tmp").mkdir()
    return tmp_path / "class"


def graded(source: Path, kind: Kind = "box") -> list[Report]:
    plan = Plan(step=STEP, source=source, out=source.parent / "out", engine=here(STEP, 4), kind=kind, seed=1)
    return list(grade(plan, open_class(source, STEP).handed, Watcher()))


def test_nothing_is_left_of_a_class(bad_class: Path) -> None:
    """Nor does the driver, which is this process, hold on to a namespace, a pipe or a socket."""
    before = contents(bad_class)
    with nothing_left(bad_class.parent / "tmp"):
        reports = graded(bad_class)
    assert len(reports) == len(BAD) + 3
    assert not [report for report in reports if report.status is Status.BROKEN]
    assert contents(bad_class) == before


def test_nothing_is_left_of_a_class_that_cannot_be_written(
    bad_class: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver gives up while its workers are in the middle of everything."""
    real, written = Path.write_bytes, []

    def write_bytes(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) > 2:
            raise OSError(28, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with nothing_left(bad_class.parent / "tmp"), pytest.raises(CannotWrite):
        graded(bad_class)


def leave_a_process() -> int:
    leaves = "import subprocess; subprocess.Popen(['sleep', '600'], start_new_session=True)"
    return subprocess.run([sys.executable, "-c", leaves], check=True).returncode


def leave_a_file() -> str:
    return tempfile.mkdtemp()


def leave_a_descriptor() -> BufferedReader:
    return Path("/proc/self/ns/net").open("rb")


@pytest.mark.parametrize("leave", [leave_a_process, leave_a_file, leave_a_descriptor])
def test_what_is_left_is_seen(
    leave: Callable[[], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests of this file can fail."""
    monkeypatch.setattr("tests.processes.LONGEST", 0.2)
    with ExitStack() as stack, pytest.raises(AssertionError), nothing_left(tmp_path):
        left = leave()
        if isinstance(left, BufferedReader):
            stack.enter_context(left)
