"""The engine on many machines, on a real cluster of Dask: a scheduler and three workers, processes of this machine,
started by the commands that `cluster-certificates` prints.

It must find what the local engine finds, lose nothing when a process of the cluster dies, and leave out whoever cannot
judge as it should.
"""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from grader.engine import errand, standalone
from grader.engine.certificates import LONGEST, make
from grader.engine.cluster import elsewhere
from grader.engine.worker import LOST, decode_report, packed
from grader.outcome import Refusal, Report
from grader.report import json
from grader.steps import ROOT
from tests.clusters import Cast, cast, free_port, grader
from tests.grading import CAPITALS, STEP, hand_in, job, reports_in, verdict_of
from tests.processes import command, descendants, no_process_left, serving, wait_for, wait_until_ended

ALERT = b"\x15"  # how a message of TLS begins that says that there is nothing to talk about
STUDENT = "/usr/bin/python3"  # how the command line begins of a program that runs in its box


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """The scheduler and three workers."""
    with no_process_left(), cast(tmp_path_factory.mktemp("cluster")) as here:
        here.start_scheduler()
        here.start_workers()
        wait_for(here.answers, "a scheduler")
        yield here


def dask_workers(here: Cast) -> set[int]:
    """The processes in which Dask's workers run, below their nannies."""
    return {
        pid
        for pid in descendants(here.started["worker"].pid)
        if "multiprocessing" in command(pid) and seats(pid)
    }


def seats(pid: int) -> set[int]:
    """The processes of ours below it that judge the step, and those that guard them."""
    said = ("grader.engine.standalone", STEP.slug)
    return {child for child in descendants(pid) if all(word in command(child) for word in said)}


def who_judges(here: Cast) -> int:
    """The pid of the worker of Dask below which a student's program runs."""
    return wait_for(
        lambda: next((pid for pid in dask_workers(here) if serving(pid, STUDENT)), 0), "a program on a worker"
    )


def timeless(report: Report) -> bytes:
    """A report, but for the time that it took."""
    return json.dumps(replace(report, seconds=0.0))


def scores(out: Path) -> dict[str, tuple[str, int]]:
    """The status and the score of everybody."""
    return {name: verdict_of(report)[:2] for name, report in reports_in(out).items()}


@pytest.mark.parametrize("short", ["hw02", "hw03"])
def test_it_finds_what_the_local_engine_finds(running: Cast, short: str, tmp_path: Path) -> None:
    """To the byte, pages and all, where the machine has no say in it: of hw03 some transcripts tell of races."""
    source, local, dask = f"tests/classes/{short}_sample", tmp_path / "local", tmp_path / "dask"
    assert grader("grade", short, source, "--seed", "3", "--out", str(local)).returncode == 1
    done = running.graded(source, dask, step=short)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"{running.address} judges 3 at a time" in done.stdout
    for name in ("class.json", "class.txt"):
        assert (local / name).read_bytes() == (dask / name).read_bytes()
    found, wanted = reports_in(dask), reports_in(local)
    assert len(wanted) == 9
    if short == "hw02":
        assert [*map(timeless, found.values())] == [*map(timeless, wanted.values())]
    assert [*map(verdict_of, found.values())] == [*map(verdict_of, wanted.values())]
    again = grader("grade", short, source, "--seed", "3", "--out", str(dask))
    assert "9 of 9 submissions were done before" in again.stdout, "the engine is no part of what judges"


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """Two programs."""
    hand_in(tmp_path / "class" / "ada")
    hand_in(tmp_path / "class" / "bob", CAPITALS)
    return tmp_path / "class"


FOUND = {"ada": ("graded", 100), "bob": ("graded", 10)}


def test_a_worker_that_is_killed_in_mid_job_costs_nothing(running: Cast, pair: Path) -> None:
    """And leaves no process of a student behind."""
    with running.grading(pair, pair.parent / "out") as grading:
        worker = who_judges(running)
        below = descendants(worker)
        os.kill(worker, signal.SIGKILL)
        wait_until_ended(below)
        assert grading.wait() == 1
    assert scores(pair.parent / "out") == FOUND


@pytest.mark.parametrize(("times", "status"), [(1, "graded"), (2, "broken")])
def test_a_judge_that_is_killed_gets_a_second_try_and_no_third(
    running: Cast, times: int, status: str, tmp_path: Path
) -> None:
    """The process at the seat is killed, not Dask's worker."""
    hand_in(tmp_path / "class" / "ada")
    with running.grading(tmp_path / "class", tmp_path / "out") as grading:
        for _ in range(times):
            warden = min(seats(who_judges(running)))
            below = descendants(warden)
            os.kill(warden, signal.SIGKILL)
            wait_until_ended(below)
        assert grading.wait() == (2 if status == "broken" else 0)
    [report] = reports_in(tmp_path / "out").values()
    assert report.status == status
    assert report.results[0].trouble == (LOST if times == 2 else "")


def test_a_job_that_takes_its_workers_down_is_given_up(running: Cast, tmp_path: Path) -> None:
    """Dask's own limit is set to none here, so that one loss is enough."""
    hand_in(tmp_path / "class" / "ada")
    running.allow_failures(0)
    with running.grading(tmp_path / "class", tmp_path / "out") as grading:
        os.kill(who_judges(running), signal.SIGKILL)
        assert grading.wait() == 2
    running.allow_failures(3)
    [report] = reports_in(tmp_path / "out").values()
    assert report.status == "broken"
    assert report.results[0].trouble.startswith("the workers were lost that judged it: ")


def test_a_scheduler_that_is_started_again_loses_nothing(running: Cast, pair: Path) -> None:
    """Its workers end with it: whatever keeps them running starts them again."""
    with running.grading(pair, pair.parent / "out") as grading:
        who_judges(running)
        running.end("scheduler", signal.SIGKILL)
        running.end("worker", signal.SIGKILL)
        running.start_scheduler()
        running.start_workers()
        shown, said = grading.communicate()
    assert (grading.returncode, said) == (1, "")
    assert f"no scheduler answers at {running.address}: waiting up to 60 s" in shown
    assert scores(pair.parent / "out") == FOUND


def test_a_scheduler_that_stays_away_ends_the_run(running: Cast, pair: Path) -> None:
    lonely = replace(running, port=free_port(), started={})
    done = lonely.graded(pair, pair.parent / "out", patience=0.5)
    assert done.returncode == 2
    assert re.fullmatch(
        r"grader: No scheduler answers at tls://127.0.0.1:\d+ \(.*\)\. It was waited for .* goes on\.\n",
        done.stderr,
    )
    assert running.graded(pair, pair.parent / "out").returncode == 1
    assert scores(pair.parent / "out") == FOUND


def test_a_scheduler_that_does_not_know_the_course_is_refused(pair: Path, tmp_path: Path) -> None:
    """It was started somewhere else. A worker that was is no trouble: it offers nothing."""
    (tmp_path / "elsewhere").mkdir()
    with no_process_left(), cast(tmp_path) as here:
        here.start("scheduler", "--host", "127.0.0.1", cwd=tmp_path / "elsewhere")
        done = here.graded(pair, tmp_path / "out")
    assert (done.returncode, done.stderr) == (
        2,
        "grader: The scheduler does not find the grader: "
        "start it in a checkout of this course, where `make extras` has been run.\n",
    )


def test_whoever_cannot_judge_is_left_out(running: Cast, pair: Path, tmp_path: Path) -> None:
    """A worker without bubblewrap, one with another version of the checks, and one without any course."""
    bare, other, bare_of_course = (tmp_path / name for name in ("bare", "course", "none"))
    bare.mkdir()
    bare_of_course.mkdir()
    for tool in Path("/usr/bin").iterdir():
        if tool.name != "bwrap":
            (bare / tool.name).symlink_to(tool)
    for name in ("grader", "homework"):
        shutil.copytree(ROOT / name, other / name)
    with (other / "grader" / "checks" / "hw01_echo.py").open("a") as file:
        file.write("# another version\n")
    running.end("worker")
    running.start_workers(1, name="worker without a sandbox", path=str(bare))
    running.start_workers(1, name="worker of another course", cwd=other)
    running.start_workers(1, name="worker of no course", cwd=bare_of_course)
    with running.grading(pair, tmp_path / "out") as grading:
        shown = "".join(islice(refusals(grading), 2))
        assert re.search(r"^tls://\S+ is left out: no sandbox: .*bubblewrap", shown, re.MULTILINE)
        assert re.search(
            r"^tls://\S+ is left out: its course, its Python or its libraries", shown, re.MULTILINE
        )
        running.start_workers()  # and with these it goes on
        grading.communicate()
    assert scores(tmp_path / "out") == FOUND
    running.end("worker")
    done = running.graded(pair, tmp_path / "again", patience=1.0)
    assert done.returncode == 2
    assert re.fullmatch(r"grader: No worker at \S+ can judge: .*Nothing is lost.*\n", done.stderr)
    running.end("worker without a sandbox")
    running.end("worker of another course")
    running.end("worker of no course", signal.SIGKILL)  # Dask has given it up, and it hears nothing
    running.start_workers()


def refusals(grading: "subprocess.Popen[str]") -> Iterator[str]:
    """The lines in which it says that a worker is left out, as they come."""
    assert grading.stdout
    return (line for line in grading.stdout if " is left out: " in line)


def test_ctrl_c_says_how_to_go_on(running: Cast, pair: Path) -> None:
    for number in range(8):
        hand_in(pair / f"eve{number}")
    with running.grading(pair, pair.parent / "out") as grading:
        who_judges(running)
        grading.send_signal(signal.SIGINT)
        shown, said = grading.communicate()
    assert grading.returncode == 2
    assert said.split("\n") == ["", "Stopped. Nothing that was written is lost.", ""]
    assert re.search(r"stopped after \d of 10 submissions: the same command goes on", shown)
    assert running.graded(pair, pair.parent / "out").returncode == 1, "the cluster is there for the next"
    assert len(scores(pair.parent / "out")) == 10


def test_nobody_without_a_certificate_is_answered(running: Cast, pair: Path, tmp_path: Path) -> None:
    """Whether it speaks TLS or not; and a driver with another cluster's certificate finds nobody."""
    with socket.create_connection(("127.0.0.1", running.port)) as plain:
        plain.sendall(b"\0" * 64)
        with suppress(ConnectionResetError):
            assert plain.recv(1 << 16)[:1] in (b"", ALERT)
    stranger = ssl.create_default_context(cafile=str(running.certificates / "ca.pem"))
    stranger.check_hostname = False
    with (
        socket.create_connection(("127.0.0.1", running.port)) as plain,
        pytest.raises(ssl.SSLError, match="CERTIFICATE_REQUIRED"),
        stranger.wrap_socket(plain) as client,
    ):
        client.recv(1)
    make(tmp_path / "others", 1)
    commands = [
        line.replace(str(running.certificates), str(tmp_path / "others")) for line in running.commands
    ]
    done = replace(running, commands=commands).graded(pair, tmp_path / "out", patience=0.5)
    assert (done.returncode, done.stderr[:28]) == (2, "grader: No scheduler answers")


def test_a_seat_that_has_nothing_to_do_ends_and_is_taken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a worker of Dask that has seen many steps does not keep a process for each."""
    monkeypatch.setattr(errand, "IDLE", 0.3)
    with no_process_left(), taken(standalone.fingerprint(STEP)) as (seat, why):
        assert why == ""
        for name in ("ada", "bob"):
            assert seat._worker
            wait_until_ended([seat._worker.pid])
            report = decode_report(seat.judge(packed(job(name, only=("listens",)))))
            assert (report.submission, report.status, report.score) == (name, "graded", 6)


def test_a_seat_of_another_course_judges_nothing() -> None:
    with no_process_left(), taken(bytes(32)) as (seat, why):
        assert why.startswith("its course, its Python or its libraries are not those")
        report = decode_report(seat.judge(packed(job("eve"))))
        assert (report.status, report.results[0].trouble) == ("broken", why)


@contextmanager
def taken(fingerprint: bytes) -> Iterator[tuple[errand.Seat, str]]:
    """A seat, and why it is not fit."""
    seat = errand.Seat(STEP.slug, fingerprint)
    try:
        yield seat, seat.take()
    finally:
        seat.leave()


def test_plain_text_is_refused(tmp_path: Path) -> None:
    make(tmp_path / "certificates", 1)
    for address in (
        "tcp://127.0.0.1:8786",
        "127.0.0.1:8786",
        "tls://127.0.0.1",
        "tls://:8786",
        "tls://a b:1",
    ):
        with pytest.raises(Refusal, match="no address of a scheduler that speaks TLS"):
            elsewhere(STEP, address, tmp_path / "certificates")
    for address in ("tls://127.0.0.1:8786", "tls://[::1]:8786", "tls://grader.example.org:1"):
        elsewhere(STEP, address, tmp_path / "certificates")
    with pytest.raises(Refusal, match=r"There is no \S+ca\.pem: `python -m grader cluster-certificates DIR`"):
        elsewhere(STEP, "tls://127.0.0.1:8786", tmp_path)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--engine", "dask"), "--engine dask needs --scheduler tls://HOST:PORT"),
        (("--scheduler", "tls://a:1"), "--scheduler is for --engine dask."),
        (("--certificates", "x"), "--certificates is for --engine dask."),
        (("--engine", "dask", "--scheduler", "tls://a:1", "--jobs", "2"), "--jobs is for --engine local"),
        (("--engine", "dask", "--scheduler", "tls://a:1", "--sandbox", "none"), "in the sandbox only"),
        (("--engine", "dask", "--scheduler", "tcp://a:1"), "tcp://a:1 is no address of a scheduler"),
        (("--jobs", "0"), "--jobs must be at least 1."),
    ],
)
def test_options_that_do_not_go_together(options: tuple[str, ...], says: str, tmp_path: Path) -> None:
    hand_in(tmp_path / "class" / "ada")
    done = grader("grade", "hw01", str(tmp_path / "class"), "--out", str(tmp_path / "out"), *options)
    assert done.returncode == 2 and says in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_certificates_are_for_their_owner_and_for_a_time(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cluster"
    for days in (0, LONGEST + 1):
        with pytest.raises(Refusal, match="--days must be between 1 and 3650"):
            make(folder, days)
    make(folder, 1)
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == dict.fromkeys(("ca.pem", "scheduler.pem", "worker.pem", "client.pem"), 0o600)
    assert b"PRIVATE KEY" not in (folder / "ca.pem").read_bytes(), "nobody can sign another one"
    with pytest.raises(Refusal, match="is there already"):
        make(folder, 1)
    make(tmp_path / "longest", LONGEST)


def test_certificates_stand_up_to_a_strict_reader(tmp_path: Path) -> None:
    """As Python 3.13 is by default. Both sides ask for the other's."""
    make(tmp_path / "ours", 1)
    make(tmp_path / "others", 1)

    def context(purpose: ssl.Purpose, folder: str, part: str) -> ssl.SSLContext:
        found = ssl.create_default_context(purpose, cafile=str(tmp_path / folder / "ca.pem"))
        found.check_hostname, found.verify_mode = False, ssl.CERT_REQUIRED
        found.verify_flags |= ssl.VERIFY_X509_STRICT
        found.load_cert_chain(tmp_path / folder / f"{part}.pem")
        return found

    def shake(folder: str) -> None:
        """A handshake of our scheduler with a client of that folder, in memory."""
        out, back = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = context(ssl.Purpose.SERVER_AUTH, folder, "client").wrap_bio(back, out)
        server = context(ssl.Purpose.CLIENT_AUTH, "ours", "scheduler").wrap_bio(out, back, server_side=True)
        for side in (client, server, client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue

    shake("ours")
    with pytest.raises(ssl.SSLCertVerificationError):
        shake("others")
