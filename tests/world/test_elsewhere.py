"""Other users, other systems, machines that offer less: the same tour, run as a script by them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.steps import ROOT
from grader.world import Unavailable, interpreter, listeners, seccomp
from grader.world.sockets import LISTEN
from tests.world.running import is_root

NOBODY = 65534


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the code that everyone can read."""
    folder = tmp_path_factory.mktemp("everyone")
    for part in ("grader", "tests/world", "homework"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests" / "__init__.py").touch()
    changed = []
    for parent in (folder, *folder.parents):
        if not parent.stat().st_mode & 0o001:
            changed.append((parent, parent.stat().st_mode))
            parent.chmod(parent.stat().st_mode | 0o001)
    folder.chmod(0o755)
    yield folder
    for parent, mode in reversed(changed):
        parent.chmod(mode)


def tour(folder: Path, *words: str, before: tuple[str, ...] = (), **more: Any) -> Any:
    command = [
        *before,
        str(interpreter.SYSTEM if is_root() else sys.executable),
        "-B",
        "tests/world/tour.py",
        *words,
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True, **more)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def seen(*, proof: bool = True) -> dict[str, object]:
    """What the tour meets where everything works."""
    stuck = ["stuck", "it waits in recv() on the connection, 0 bytes unread"]
    return {
        "answered": ["ready", "ready"],
        "waited": stuck if proof else ["clock", ""],
        "where": ["waits_for_more.py:7  connection.recv(4096)"],
        "idle": proof,
        "proof": proof,
        "ending": "was stopped by the grader",
    }


def test_ordinary_user(copy: Path) -> None:
    who: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if is_root() else {}
    kinds = ("box", "world", "plain")
    assert tour(copy, *kinds, **who) == [seen()] * len(kinds)
    best, found = tour(copy, "promises", **who)
    assert best == "world"
    assert [name for name, holds, _, _ in found if not holds] == []


def test_system_that_is_not_linux(copy: Path, tmp_path: Path) -> None:
    """No /proc, no namespaces, nothing of Linux to import: netstat tells who listens, and clocks decide."""
    netstat = tmp_path / "netstat"
    netstat.write_text(
        "#!/bin/sh\n"
        'ss -Htln | awk \'{ sub(/:[0-9]+$/, "." substr($4, match($4, /[0-9]+$/)), $4);'
        ' print "tcp4 0 0 " $4 " *.* LISTEN " }\'\n'
    )
    netstat.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    assert tour(copy, "elsewhere", "plain", env=environment) == [seen(proof=False)]


def test_machine_without_namespaces(copy: Path) -> None:
    """As in a container: the first promise that fails says what to do, and a student's check still has a way."""
    wall = (
        "bwrap",
        "--unshare-user",
        "--disable-userns",
        "--dev-bind",
        "/",
        "/",
        "--uid",
        "1000",
        "--cap-drop",
        "ALL",
    )
    who: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if is_root() else {}
    best, found = tour(copy, "promises", before=wall, **who)
    assert best == "plain"
    assert [holds for _, holds, _, _ in found] == [False] * len(found)
    name, _, detail, remedy = found[0]
    assert (name, detail) == (
        "private network",
        "network namespaces are not allowed here (No space left on device)",
    )
    assert "kernel.unprivileged_userns_clone=1" in remedy
    assert found[1][2:] == ["not tried, for want of: private network", ""]
    with pytest.raises(AssertionError, match="Unavailable: network namespaces are not allowed here"):
        tour(copy, "box", before=wall, **who)


def test_machine_without_bubblewrap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from grader.world import promises

    (tmp_path / "cat").symlink_to(shutil.which("cat") or "/bin/cat")
    monkeypatch.setenv("PATH", str(tmp_path))
    sandbox = promises()[1]
    assert (sandbox.holds, sandbox.detail) == (False, "bubblewrap is not installed")
    assert sandbox.remedy == "Install it: `sudo apt-get install bubblewrap`."


def test_machine_that_is_too_different() -> None:
    with pytest.raises(Unavailable, match=r"riscv64\. Use x86_64 or aarch64"):
        seccomp.program("riscv64")
    assert seccomp.program("aarch64") != seccomp.program("x86_64")


def test_private_interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter under somebody's home: the sandbox takes the system's, or says what to install."""
    private = tmp_path / "home" / "bin" / "python3"
    private.parent.mkdir(parents=True)
    private.symlink_to(interpreter.SYSTEM)
    mine = interpreter.Interpreter(private, tmp_path / "home")
    (tmp_path / "home").chmod(0o700)
    assert interpreter.reachable(None, mine) == mine  # who owns it may use it
    # Whether another user could run it is played: an ordinary user cannot become one.
    monkeypatch.setattr(interpreter, "_runs", lambda path, uid: path == interpreter.SYSTEM)
    assert interpreter.reachable(NOBODY, mine) == interpreter.Interpreter(interpreter.SYSTEM)
    monkeypatch.setattr(interpreter, "SYSTEM", tmp_path / "missing")
    with pytest.raises(Unavailable, match=r"which is private, and .* Install Python 3\.11"):
        interpreter.reachable(NOBODY, mine)


@pytest.mark.parametrize(("mode", "runs"), [(0o755, True), (0o000, False)])
def test_who_can_run_an_interpreter_is_found_by_trying(copy: Path, mode: int, runs: bool) -> None:
    """A folder that nobody may enter, tried from a process with no rights but its user's."""
    home = copy / "home"
    home.mkdir()
    (home / "python3").symlink_to(interpreter.SYSTEM)
    home.chmod(mode)
    user = NOBODY if is_root() else None
    code = f"""if True:
        from pathlib import Path
        from grader.world.interpreter import _runs
        print(_runs(Path({str(home / "python3")!r}), {user}))"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"{runs}\n"
    home.chmod(0o700)
    shutil.rmtree(home)


@pytest.mark.parametrize(
    "text",
    [
        "tcp4       0      0  127.0.0.1.8000         *.*                    LISTEN     \n"
        "tcp6       0      0  ::1.8000               *.*                    LISTEN     \n"
        "tcp46      0      0  *.8000                 *.*                    LISTEN     \n"
        "tcp4       0      0  127.0.0.1.8000         127.0.0.1.50000        ESTABLISHED\n",
        "  TCP    127.0.0.1:8000         0.0.0.0:0              ABHÖREN         4321\n"
        "  TCP    [::1]:8000             [::]:0                 ABHÖREN         4321\n"
        "  TCP    0.0.0.0:8000           0.0.0.0:0              ABHÖREN         4321\n"
        "  TCP    127.0.0.1:8000         127.0.0.1:50000        HERGESTELLT     4321\n"
        "  UDP    0.0.0.0:8000           *:*                                    4321\n",
    ],
    ids=["macOS", "Windows"],
)
def test_netstat(text: str) -> None:
    rows = listeners.netstat(text)
    assert [row.text() for row in rows] == ["127.0.0.1:8000", "[::1]:8000", "0.0.0.0:8000"]
    assert [row.reached_at("127.0.0.1", 8000) for row in rows] == [True, False, True]
    assert {row.state for row in rows} == {LISTEN}
