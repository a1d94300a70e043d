"""What holds for a program however it was started: its end, its output, its lines, and that nothing is left of it."""

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from grader.steps import ROOT, Limits
from grader.world import Ending, Kind, Listening, Reason
from tests.world.running import KINDS, alive, running, serving

STOPPED = Ending(None, "was stopped by the grader")
DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
os.wait()
print('ready')
time.sleep(float(sys.argv[1]))
"""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("code", "ending"),
    [
        ("pass", Ending(0, "ended with exit status 0")),
        ("raise SystemExit(3)", Ending(3, "ended with exit status 3")),
        ("import os; os.abort()", Ending(-6, "was killed by signal SIGABRT")),
        ("import os; os.kill(os.getpid(), 11)", Ending(-11, "was killed by signal SIGSEGV")),
        ("import time; time.sleep(600)", STOPPED),
    ],
)
def test_endings(kind: Kind, code: str, ending: Ending) -> None:
    with running(kind, "-c", code) as program:
        waited = program.watch.ends()
        assert waited.reason is (Reason.ASLEEP if ending is STOPPED else Reason.ENDED)
        assert program.program.close() == ending
        assert program.program.close() == ending  # again
        assert program.program.ended() == ending


@pytest.mark.parametrize("kind", KINDS)
def test_output(kind: Kind) -> None:
    code = "import sys, os; print('one'); print('two', file=sys.stderr); os.write(1, b'\\x1b[2J\\xff\\n')"
    with running(kind, "-c", code) as program:
        program.watch.ends()
        for _ in range(2):
            assert program.program.output() == "one\ntwo\n\\x1b[2J\\xff\n"
            assert program.program.output(size=6) == "\\x1b[2J\\xff\n"
            assert program.program.output(since=4) == "two\n\\x1b[2J\\xff\n"
            assert program.program.printed() == 14
            program.program.close()  # all of it is still there


@pytest.mark.parametrize("kind", KINDS)
def test_flood(kind: Kind) -> None:
    code = (
        "import sys\n"
        "while True:\n"
        "    try: sys.stdout.write('begin' + 'x' * 100000 + 'end')\n"
        "    except OSError: pass"
    )
    with running(kind, "-c", code, limits=Limits(output_bytes=1 << 20)) as program:
        waited = program.watch.ends()
        assert (waited.reason, waited.doing) == (Reason.ENDED, "it printed more than 1 MiB")
        assert program.program.output(20).startswith("beginxxxxx\n[1048556 bytes left out]\n")


@pytest.mark.parametrize("kind", KINDS)
def test_where(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("def wait(lock):\n    lock.acquire()  # for ever\n")
    (tmp_path / "server.py").write_text(
        "import threading\n"
        "import helper\n"
        "lock = threading.Lock()\n"
        "lock.acquire()\n"
        "print('before')\n"
        "threading.Thread(target=lambda: helper.wait(lock)).start()\n"
    )
    with running(kind, "server.py", folder=tmp_path) as program:
        assert program.watch.ends().reason is Reason.STUCK
        lines = program.program.where()
        assert lines[-2:] == (
            "server.py:6  threading.Thread(target=lambda: helper.wait(lock)).start()",
            "helper.py:2  lock.acquire()  # for ever",
        )
        assert program.program.output() == "before\n"  # not what it had to say about itself
        assert program.program.ended() == STOPPED
        assert program.program.where() == ()


@pytest.mark.parametrize(
    ("before", "lines"),
    [
        ("signal.signal(signal.SIGABRT, signal.SIG_IGN)", ()),
        ("os.kill(os.getpid(), signal.SIGSTOP)", ("server.py:2  os.kill(os.getpid(), signal.SIGSTOP)",)),
    ],
    ids=["ignores the signal", "has stopped itself"],
)
def test_where_of_one_that_does_not_cooperate(tmp_path: Path, before: str, lines: tuple[str, ...]) -> None:
    (tmp_path / "server.py").write_text(f"import os, signal, threading\n{before}\nthreading.Event().wait()\n")
    with running("box", "server.py", folder=tmp_path) as program:
        assert program.watch.ends().reason in (Reason.STUCK, Reason.ASLEEP)
        assert program.program.where() == lines


@pytest.mark.parametrize("kind", KINDS)
def test_paths_are_told_from_the_folder_of_the_submission(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text("1 / 0\n")
    with running(kind, "server.py", folder=tmp_path) as program:
        program.watch.ends()
        assert '  File "server.py", line 1, in <module>\n' in program.program.output()


@pytest.mark.parametrize("kind", KINDS)
def test_interrupt(kind: Kind) -> None:
    with serving(kind, "answers") as server:
        server.program.interrupt()
        assert server.watch.ends().reason is Reason.ENDED
        assert "KeyboardInterrupt" in server.program.output()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seconds", ["0", "600"])
def test_nothing_is_left(kind: Kind, seconds: str) -> None:
    """A daemon that left its parent and its session goes too, whether the program itself has ended or not."""
    with running(kind, "-c", DAEMON, "600") as program:
        program.watch.ends()
        pids = list(program.program.pids())
        assert len(pids) == 2
    assert alive(pids) == []
    with running(kind, "-c", DAEMON, seconds) as program:
        program.watch.ends()
        pids = list(program.program.pids())
        program.program.close()
        assert alive(pids) == []
        assert list(program.program.pids()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_program_dies_with_its_judge(kind: Kind) -> None:
    """Nobody can clean up after a SIGKILL: the kernel does it."""
    judge = (
        "import time\n"
        "from tests.world.running import serving\n"
        f"with serving({kind!r}, 'answers') as server:\n"
        "    print(*server.program.pids(), flush=True)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", judge], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        pids = [int(word) for word in process.stdout.readline().split()]
        handles = [os.pidfd_open(pid) for pid in pids]
        assert len(pids) == 1
        process.kill()
    for handle in handles:
        assert select.select([handle], [], [], 30)[0], "the program lives on"
        os.close(handle)


@pytest.mark.parametrize("kind", KINDS)
def test_not_listening(kind: Kind) -> None:
    code = (
        "import socket, sys, threading\n"
        "s = socket.create_server((sys.argv[1], int(sys.argv[2])))\n"
        "threading.Event().wait()"
    )
    with running(kind, "-c", code, "127.0.0.2", "PORT") as program:
        port = program.network.port
        assert program.watch.listening() == Listening(
            False, (f"127.0.0.2:{port}",), "it waits for a lock", alive=True
        )
    with running(kind, "-c", "import sys; sys.exit('no')") as program:
        assert program.watch.listening() == Listening(False, (), "it ended with exit status 1", alive=False)
    with running(kind, "-c", "import time; time.sleep(100)") as program:
        assert program.watch.listening() == Listening(False, (), "it sleeps for 100 s more", alive=True)


def test_not_listening_for_want_of_time() -> None:
    with running("box", "-c", "while True: pass") as program:
        assert program.watch.listening() == Listening(False, (), "it computes without pause", alive=True)


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
@pytest.mark.parametrize("kind", KINDS)
def test_listening_everywhere_is_listening(kind: Kind, address: str) -> None:
    code = (
        "import socket, sys, threading\n"
        "family = socket.AF_INET6 if ':' in sys.argv[1] else socket.AF_INET\n"
        "s = socket.create_server((sys.argv[1], int(sys.argv[2])), family=family, dualstack_ipv6=':' in sys.argv[1])\n"
        "s.accept()\n"
    )
    with running(kind, "-c", code, address, "PORT") as program:
        assert program.watch.listening().ok
        program.connect().close()


@pytest.mark.parametrize("kind", KINDS)
def test_another_program_on_the_port_is_not_this_one(kind: Kind) -> None:
    with serving(kind, "answers") as server, running(kind, "-c", "input()", network=server.network) as other:
        assert not other.watch.listening().ok
