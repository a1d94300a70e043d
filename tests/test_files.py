"""What is written is whole or not there: on a full disk, after a kill; and pipes and links behave as people expect."""

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from grader.cli import main
from grader.report.files import write_output, write_whole
from grader.steps import ROOT
from tests.processes import wait_until_ended
from tests.test_batch import ordinary_user

OLD, NEW = b"what was there", b"what is new\n"
ZIP = ["gradescope-zip", "hw01", "--output"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "out.csv"
    file.write_bytes(OLD)
    return file


def full(path: Path, data: bytes) -> int:
    """A disk that takes half of it."""
    with path.open("wb") as file:
        file.write(data[: len(data) // 2])
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", full)
    for write in (write_whole, write_output):
        for file in (path, path.with_name("new.csv")):
            with pytest.raises(OSError, match="No space left"):
                write(file, NEW)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


def test_a_command_says_so_in_one_sentence(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Path, "write_bytes", full)
    assert main([*ZIP, str(path)]) == 2
    assert capsys.readouterr().err == f"grader: Cannot write {path}: no space left on device.\n"
    assert path.read_bytes() == OLD


KILLED = (
    "import os, pathlib, signal, sys\n"
    "from grader.report.files import write_output\n"
    "real = pathlib.Path.replace\n"
    "pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    "write_output(pathlib.Path(sys.argv[1]), b'x' * 1000)\n"
)


def test_a_kill_before_the_end_changes_nothing(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == OLD
    write_output(path, NEW)
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_keeps_its_mode(path: Path, mode: int) -> None:
    """Grades that were for one pair of eyes stay so."""
    path.chmod(mode)
    write_output(path, NEW)
    assert stat.S_IMODE(path.stat().st_mode) == mode and path.read_bytes() == NEW


def test_a_new_file_has_the_mode_of_any_other(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"")
    write_output(path.with_name("new"), NEW)
    assert path.with_name("new").stat().st_mode == other.stat().st_mode


def test_a_file_that_may_not_be_written_is_not() -> None:
    """Though the folder would let anybody put another in its place."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        path = Path(folder) / "out.csv"
        path.write_bytes(OLD)
        path.chmod(0o444)
        with ordinary_user(), pytest.raises(PermissionError):
            write_output(path, NEW)
        assert path.read_bytes() == OLD and list(Path(folder).iterdir()) == [path]


def test_of_a_link_the_file_is_written(path: Path) -> None:
    link, dangling = path.with_name("link"), path.with_name("dangling")
    link.symlink_to(path)
    dangling.symlink_to("nowhere")
    for one in (link, dangling):
        write_output(one, NEW)
        assert one.is_symlink() and one.read_bytes() == NEW
    assert path.read_bytes() == path.with_name("nowhere").read_bytes() == NEW


def test_the_name_may_be_as_long_as_any(tmp_path: Path) -> None:
    for name in ("n" * 255, "\N{SNAKE}" * 63):
        write_output(tmp_path / name, NEW)
        assert (tmp_path / name).read_bytes() == NEW
    with pytest.raises(OSError, match="too long"):
        write_output(tmp_path / ("n" * 256), NEW)


def test_a_pipe_gets_it_as_it_comes(tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_output(pipe, NEW)
    reader.join()
    assert got == [NEW] and stat.S_ISFIFO(pipe.stat().st_mode)
    write_output(Path("/dev/null"), NEW)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


PRINTS = (
    "import pathlib, sys\n"
    "from grader.report.files import write_output\n"
    "print('before')\n"
    "write_output(pathlib.Path(sys.argv[1]), b'the file\\n')\n"
    "print('behind', flush=True)\n"
)


@pytest.mark.parametrize("where", ["/dev/stdout", "/proc/self/fd/1", "/dev/stderr"])
@pytest.mark.parametrize("mode", ["wb", "ab"])
def test_what_is_printed_to_is_not_replaced(where: str, mode: str, path: Path) -> None:
    """Redirected to a file, all of it is in that file, in its order."""
    inode = path.stat().st_ino
    with path.open(mode) as file:
        subprocess.run(
            [sys.executable, "-c", PRINTS, where], cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, check=True
        )
    kept = OLD if mode == "ab" else b""
    assert path.read_bytes() == kept + b"before\nthe file\nbehind\n"
    assert path.stat().st_ino == inode


def test_standard_output_may_be_a_pipe_or_closed(path: Path) -> None:
    command = [sys.executable, "-c", PRINTS, "/dev/stdout"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"before\nthe file\nbehind\n"
    quiet = PRINTS.replace("print(", "str(").replace(", flush=True", "")
    with subprocess.Popen(
        ["sh", "-c", 'exec "$0" -c "$1" "$2" >&- 2>&-', sys.executable, quiet, str(path)], cwd=ROOT
    ) as process:
        assert process.wait() == 0
    wait_until_ended([process.pid])
    assert path.read_bytes() == b"the file\n"


@pytest.mark.parametrize("where", [".", "no/such/folder.zip"])
def test_where_nothing_can_be_written_is_one_sentence(
    where: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ZIP, str(tmp_path / where)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"grader: Cannot write {tmp_path / where}: ") and said.count("\n") == 1
    assert not list(tmp_path.iterdir())
