"""What the box promises, each promise from both sides of its limit."""

import errno
import socket
from pathlib import Path

import pytest

from grader.outcome import Submission
from grader.steps import Limits
from grader.world import Kind, Reason, site
from tests.world.running import LIMITS, alive, running, said, serving

MiB = 1 << 20
FORKS = """
import os, sys, time
made = 0
try:
    for _ in range(int(sys.argv[1])):
        if os.fork() == 0:
            time.sleep(60)
        made += 1
except OSError as error:
    print(error.errno)
print(made)
"""
CALL = """
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
print(libc.syscall(*map(int, sys.argv[1:])), ctypes.get_errno())
"""


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("import os; print(os.getuid(), os.getgid(), os.getgroups())", "65534 65534 []"),
        ("import getpass; print(getpass.getuser())", "student"),
        ("import socket; print(socket.gethostname(), socket.gethostbyname('localhost'))", "box 127.0.0.1"),
        ("import os; print(sorted(os.environ))", "['HOME', 'LANG', 'MALLOC_ARENA_MAX', 'PATH', 'PWD']"),
        (
            "import os; print(sorted(os.listdir('/')))",
            "['bin', 'dev', 'etc', 'lib', 'lib64', 'submission', 'tmp', 'usr']",
        ),
        (
            "import os; print(os.path.exists('/proc'), os.path.exists('/sys'), os.path.exists('/home'))",
            "False False False",
        ),
        (
            "import os; print(sorted(os.listdir('/etc')))",
            "['group', 'hosts', 'nsswitch.conf', 'passwd', 'protocols', 'services']",
        ),
        ("import os; print(os.getcwd(), os.listdir('.'))", "/submission ['only.py']"),
        ("print(open('only.py').read())", "# the submission"),
        ("import os; print(os.getpid() < 4, os.listdir('/dev/shm'))", "True []"),
        ("import os, sys; print(sys.flags.no_user_site, [n for n in os.environ if 'PYTHON' in n])", "1 []"),
        ("import socket; print([i for _, i in socket.if_nameindex()])", "OSError: [Errno 97]"),
    ],
)
def test_sees_what_it_is_given_and_nothing_else(tmp_path: Path, code: str, answer: str) -> None:
    (tmp_path / "only.py").write_text("# the submission")
    (tmp_path / "secret.txt").write_text("never seen")
    with running("box", "-c", code, folder=tmp_path) as program:
        program.watch.ends()
        assert answer in program.program.output()


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/submission/x", errno.EROFS),
        ("/submission/only.py", errno.EACCES),
        ("/usr/x", errno.EROFS),
        ("/etc/passwd", errno.EACCES),
        ("/x", errno.EROFS),
        ("/dev/x", errno.EROFS),
        ("/tmp/x", 0),
        ("/dev/shm/x", 0),
        ("/dev/null", 0),
    ],
)
def test_writes_only_where_it_may(tmp_path: Path, path: str, number: int) -> None:
    (tmp_path / "only.py").write_text("# the submission")
    code = "import sys\ntry: open(sys.argv[1], 'w').close(); print(0)\nexcept OSError as error: print(error.errno)"
    with running("box", "-c", code, path, folder=tmp_path) as program:
        program.watch.ends()
        said_number = int(program.program.output())
    # Which of two refusals comes first is the kernel's business.
    assert said_number == number or {said_number, number} == {errno.EROFS, errno.EACCES}


def test_its_loopback_is_its_own() -> None:
    code = (
        "import socket, sys\n"
        "print(socket.socket().connect_ex(('127.0.0.1', int(sys.argv[1]))))\n"
        "print(socket.socket(type=socket.SOCK_DGRAM).connect_ex(('192.0.2.1', 9)))"
    )
    with socket.create_server(("127.0.0.1", 0)) as ours:
        port = str(ours.getsockname()[1])
        for kind in ("box", "world"):
            assert said(kind, code, port).split() == [str(errno.ECONNREFUSED), str(errno.ENETUNREACH)]
        assert said("plain", code, port).split()[0] == "0"


def test_two_boxes_listen_on_one_port() -> None:
    with serving("box", "answers") as one, serving("box", "answers_by_http_server") as other:
        assert one.network.port == other.network.port == 8000
        assert one.ask()[1].startswith(b"HTTP/1.1")
        assert other.ask()[1].startswith(b"HTTP/1.0")


@pytest.mark.parametrize("port", [1, 80, 29999])
@pytest.mark.parametrize("kind", ["box", "world"])
def test_any_port_can_be_given(kind: Kind, port: int) -> None:
    place = site(kind, LIMITS, Submission(name="port", files={}))
    network = place.network(port)
    code = "import socket, sys; s = socket.create_server(('127.0.0.1', int(sys.argv[1]))); s.accept()"
    program = place.start(network, ["-c", code, str(port)])
    try:
        assert network.port == port
        assert place.watch(program, network, LIMITS).listening().ok, program.output()
    finally:
        program.close()
        network.close()


@pytest.mark.parametrize(
    ("name", "numbers", "number"),
    [
        ("socket of AF_VSOCK", (41, 40, 1, 0), errno.EAFNOSUPPORT),
        ("socket of AF_NETLINK", (41, 16, 3, 0), errno.EAFNOSUPPORT),
        ("socket of AF_PACKET", (41, 17, 3, 0), errno.EAFNOSUPPORT),
        ("ptrace", (101, 0, 0, 0, 0), errno.EPERM),
        ("prctl to hide from the judge", (157, 4, 0, 0, 0, 0), errno.EPERM),
        ("unshare", (272, 0x10000000), errno.EPERM),
        ("clone with a new namespace", (56, 0x10000000 | 17, 0, 0, 0, 0), errno.EPERM),
        ("clone3", (435, 0, 0), errno.ENOSYS),
        ("mount", (165, 0, 0, 0, 0, 0), errno.EPERM),
        ("io_uring_setup", (425, 1, 0), errno.ENOSYS),
        ("bpf", (321, 0, 0, 0), errno.EPERM),
        ("a call of x32", (0x40000000 | 39,), errno.ENOSYS),
    ],
)
def test_calls_that_lead_out_are_refused(name: str, numbers: tuple[int, ...], number: int) -> None:
    assert said("box", CALL, *map(str, numbers)) == f"-1 {number}", name


def test_calls_that_programs_need_are_not() -> None:
    code = "import socket; [socket.socket(family).close() for family in (1, 2, 10)]; socket.socketpair(); print('made')"
    assert said("box", code) == "made"


@pytest.mark.parametrize(
    ("limits", "code", "under", "over", "refused"),
    [
        # Two of the processes are bubblewrap's first one and the program itself.
        (Limits(processes=8), FORKS, ("6", "6"), ("7", f"{errno.EAGAIN}\n6"), None),
        (
            Limits(memory_bytes=256 * MiB),
            "import sys; b = bytearray(int(sys.argv[1])); print('had')",
            (str(100 * MiB), "had"),
            (str(300 * MiB), "MemoryError"),
            1,
        ),
        (
            Limits(open_files=32),
            "import os, sys; f = [os.dup(0) for _ in range(int(sys.argv[1]))]; print('had')",
            ("29", "had"),
            ("30", "Too many open files"),
            1,
        ),
        (
            Limits(scratch_bytes=MiB),
            "import sys\nwith open('/tmp/x', 'wb') as file: file.write(bytes(int(sys.argv[1])))\nprint('had')",
            (str(MiB), "had"),
            (str(MiB + 1), "No space left on device"),
            1,
        ),
        (
            Limits(output_bytes=MiB),
            "import sys; sys.stdout.write('x' * int(sys.argv[1]))",
            (str(MiB - 1), "xxx"),
            (str(MiB), "xxx"),
            "printed more than 1 MiB",
        ),
        (
            Limits(life_cpu_seconds=1),
            "import sys, time\nwhile time.process_time() < float(sys.argv[1]): pass\nprint('had')",
            ("0.5", "had"),
            ("5", ""),
            "was killed: it used more than 1 s of CPU time",
        ),
    ],
    ids=["processes", "memory", "open files", "scratch", "output", "CPU time"],
)
def test_limits(
    limits: Limits, code: str, under: tuple[str, str], over: tuple[str, str], refused: int | str | None
) -> None:
    with running("box", "-c", code, under[0], limits=limits) as program:
        program.watch.ends()
        ending = program.program.close()
        assert ending.status in (0, None)  # None: the forks of the first row are stopped
        assert under[1] in program.program.output()
    with running("box", "-c", code, over[0], limits=limits) as program:
        program.watch.ends()
        ending = program.program.close()
        assert refused is None or refused in (ending.status, ending.reason)
        assert over[1] in program.program.output()


def test_limit_of_processes_counts_each_box_alone() -> None:
    limits = Limits(processes=8)
    with (
        running("box", "-c", FORKS + "time.sleep(60)", "6", limits=limits) as one,
        running("box", "-c", FORKS + "time.sleep(60)", "6", limits=limits) as other,
    ):
        for program in (one, other):
            program.watch.ends()
            assert program.program.output() == "6\n"


def test_the_box_uses_no_more_than_it_should(tmp_path: Path) -> None:
    """Nothing of the submission is written to the disk, and no temporary folder is made."""
    before = set(Path("/tmp").iterdir())
    (tmp_path / "server.py").write_text("print('here')")
    with running("box", "server.py", folder=tmp_path) as program:
        program.watch.ends()
        assert program.program.output() == "here\n"
        mine = [
            path
            for path in set(Path("/tmp").iterdir()) - before
            if path.name.startswith(("box", "bwrap", "grader"))
        ]
    assert not mine


def test_daemons_die_with_the_box() -> None:
    code = (
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0: time.sleep(600)\n"
        "    os._exit(0)\n"
        "os.wait(); print('ready'); time.sleep(600)"
    )
    with running("box", "-c", code) as program:
        assert program.watch.ends().reason is Reason.ASLEEP
        pids = list(program.program.pids())
        assert program.program.output() == "ready\n"
        assert len(alive(pids)) == 2
        program.program.close()
        assert alive(pids) == []
