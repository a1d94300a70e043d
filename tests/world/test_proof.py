"""The proof: it is never wrong, it makes exact segments, and it knows when a server is as good as new."""

import select
import socket
import struct
from collections.abc import Iterator
from dataclasses import replace

import pytest

from grader.world import Kind, Reason, tasks
from grader.world.proof import Look, State, look
from grader.world.sockets import (
    ESTABLISHED,
    FIN_WAIT1,
    FIN_WAIT2,
    LISTEN,
    SYN_SENT,
    TIME_WAIT,
    Row,
    in_flight,
)
from tests.world.running import KINDS, LIMITS, REQUEST, Running, busy_neighbours, running, serving

WAYS = ("threads", "loopback", "pipe", "processes", "short_threads", "short_sleeps")


def looks(server: Running, client: socket.socket) -> Iterator[Look]:
    """One look after the other, without pause, until an answer is there."""
    table = server.network.table
    assert table
    while not select.select([client], [], [], 0)[0]:
        seen = look(server.program, server.network, table)
        if not select.select([client], [], [], 0)[0]:  # as every wait does before it believes a look
            yield seen


@pytest.mark.parametrize("loops", [0, 4])
@pytest.mark.parametrize("way", WAYS)
def test_work_that_is_handed_over_is_never_taken_for_rest(way: str, loops: int) -> None:
    states: list[State] = []
    with serving("box", "hands_over", way) as server, server.connect() as client, busy_neighbours(loops):
        for _ in range(12 if loops else 40):
            client.sendall(REQUEST)
            for seen in looks(server, client):
                states.append(seen.state)
                # Regression: a time limit that was read after the thread woke up is garbage, often a large number.
                assert seen.left is None or seen.left < 1
            assert client.recv(2) == b"ok"
    assert states or loops  # with busy neighbours it may always have answered before we get to look
    assert State.WAITING not in states


@pytest.mark.parametrize("error", [PermissionError, FileNotFoundError, ProcessLookupError])
def test_what_cannot_be_read_counts_as_busy(monkeypatch: pytest.MonkeyPatch, error: type[OSError]) -> None:
    """Regression: the system call of a process that is ending, or becoming another, may not be read.

    And one that has ended since it was listed was running just now: that its parent still sleeps is old news.
    """
    read = tasks._read

    def refuse(path: str, size: int = 16384) -> bytes:
        if path.endswith("/syscall"):
            raise error(path)
        return read(path, size)

    with serving("world", "answers") as server:
        assert server.watch.idle()
        assert [task.call for task in tasks.snapshot(server.program.pids())] == ["accept4"]
        monkeypatch.setattr(tasks, "_read", refuse)
        assert any(task.busy for task in tasks.snapshot(server.program.pids()))
        table = server.network.table
        assert table
        assert look(server.program, server.network, table).state is State.BUSY


@pytest.mark.parametrize(
    ("call", "parent", "wakes"),
    [("wait4", 2, True), ("waitid", 2, True), ("wait4", 9, False), ("accept4", 2, False)],
)
def test_a_child_that_has_ended_wakes_who_waits_for_it(
    monkeypatch: pytest.MonkeyPatch, call: str, parent: int, wakes: bool
) -> None:
    """Regression: the kernel calls it a zombie a moment before it wakes its parent. Both are at rest till then."""
    monkeypatch.setattr(tasks, "_parent", lambda pid: parent if pid == 3 else 1)
    waits = tasks.Task(2, 2, "S", call, (0,) * 6, b"", 1, b"")
    ended = tasks.Task(3, 3, "Z", "zombie", (), b"", 1, b"")
    assert tasks.about_to_wake([waits, ended]) is wakes
    assert not tasks.about_to_wake([waits])


def test_a_process_that_has_gone_since_it_was_listed_is_busy() -> None:
    with serving("world", "answers") as server:
        pids = list(server.program.pids())
    assert [task.busy for task in tasks.snapshot(pids)] == [True]


def test_a_thread_that_ran_while_it_was_read_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression: one that is about to sleep again looks asleep, and has not been counted as taken off yet."""
    with serving("world", "answers") as server:
        assert server.watch.idle()
        turns = iter([b"7", b"7", b"7", b"8"])
        monkeypatch.setattr(tasks, "_turns", lambda folder: next(turns))
        assert [[task.busy for task in tasks.snapshot(server.program.pids())] for _ in range(2)] == [
            [False],
            [True],
        ]


def test_a_thread_that_the_list_leaves_out_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression: the system's list of threads ends early when one of them ends at that moment."""
    with serving("world", "waits_for_a_lock") as server:
        server.ask()
        assert not any(task.busy for task in tasks.snapshot(server.program.pids()))
        threads = tasks._threads
        monkeypatch.setattr(tasks, "_threads", lambda pid: threads(pid)[:1])
        assert any(task.busy for task in tasks.snapshot(server.program.pids()))


@pytest.mark.parametrize("loops", [0, 4])
@pytest.mark.parametrize("kind", KINDS)
def test_barrier_makes_exact_segments(kind: Kind, loops: int) -> None:
    pieces = [b"a", b"bc", b"def", b"g", b"hijkl."]
    with serving(kind, "counts_segments") as server, busy_neighbours(loops):
        for _ in range(10):
            with server.connect() as client:
                for piece in pieces:
                    client.sendall(piece)
                    assert server.watch.settle()
                assert client.recv(4096).endswith(b"1 2 3 1 6")


def test_barrier_with_a_server_that_takes_nothing() -> None:
    for name in ("never_accepts", "crashes"):
        with serving("box", name) as server, server.connect() as client:
            client.sendall(REQUEST)
            assert not server.watch.settle()


def test_barrier_after_everything_was_sent_that_can_be() -> None:
    """Both sides are full: the server waits to write, and has not taken everything."""
    with serving("box", "answers_megabytes") as server, server.connect() as client:
        client.sendall(REQUEST)
        assert server.watch.settle()  # it has read the request, and waits in send()
        assert server.watch.wait(client, readable=True).reason is Reason.READY
        client.sendall(b"more")
        assert not server.watch.settle()


@pytest.mark.parametrize("kind", KINDS)
def test_idle(kind: Kind) -> None:
    for name in ("answers", "answers_in_a_thread", "answers_by_asyncio", "answers_by_http_server"):
        with serving(kind, name) as server:
            assert server.watch.idle()
            server.ask()
            assert server.watch.idle()
            with server.connect():
                assert not server.watch.idle()
            assert server.watch.idle()


@pytest.mark.parametrize("name", ["ends_short", "never_accepts", "waits_for_a_lock", "crashes"])
def test_not_idle_after_a_fault(name: str) -> None:
    with serving("box", name) as server:
        server.ask()
        assert not server.watch.idle()


def test_not_idle_while_it_works() -> None:
    for name in ("sleeps", "computes", "naps"):
        with serving("box", name, "0.4") as server:
            with server.connect() as client:
                client.sendall(REQUEST)
            assert not server.watch.idle()


def test_writer_that_nobody_reads_from_is_stuck_at_once() -> None:
    """A closed window is a proof too, on both sides: no clock, no probe has to run out."""
    with serving("box", "answers_megabytes") as server, server.connect() as client:
        client.sendall(REQUEST)
        assert server.watch.settle()
        client.setblocking(False)
        sent = 0
        while (waited := server.watch.wait(client, writable=True)).reason is Reason.READY:
            sent += client.send(bytes(65536))
        assert waited == type(waited)(Reason.STUCK, "it waits in send(): nobody reads")
        assert sent > 65536


def test_settled_when_the_server_has_closed_first() -> None:
    """Its end lives on in the kernel alone (FIN_WAIT2, TIME_WAIT), which must not look like bytes on their way."""
    with serving("box", "answers") as server:
        for _ in range(3):
            with server.connect() as client:
                client.sendall(REQUEST)
                assert server.watch.settle(cpu_seconds=0.2, sleep_seconds=0.05)
                assert client.recv(4096).endswith(b"ok")
                assert client.recv(1) == b""
                assert server.watch.settle(sleep_seconds=0.05)
                assert not server.watch.idle()
        assert server.watch.settle(sleep_seconds=0.05)
        assert server.watch.idle()


def test_settled_after_a_reset() -> None:
    with serving("box", "waits_for_more_in_a_thread") as server:
        for _ in range(3):
            client = server.connect()
            client.sendall(REQUEST)
            assert server.watch.settle(sleep_seconds=0.05)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
            assert server.watch.settle(sleep_seconds=0.05)
            assert server.watch.idle()
        assert "ConnectionResetError" in server.program.output()


@pytest.mark.parametrize("reuse", ["1", "0"])
def test_a_port_lingers_as_on_a_real_machine(reuse: str) -> None:
    """The server is killed while a client is connected: only with SO_REUSEADDR can it be started again at once."""
    code = (
        "import socket, sys\n"
        "listening = socket.socket()\n"
        "listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, int(sys.argv[3]))\n"
        "listening.bind((sys.argv[1], int(sys.argv[2])))\n"
        "listening.listen()\n"
        "while True: kept = listening.accept()\n"
    )
    with running("box", "-c", code, "HOST", "PORT", reuse) as server:
        assert server.watch.listening().ok
        for _ in range(100):  # more than a small table of connections would remember
            server.connect().close()
        with server.connect():
            assert server.watch.settle()
            server.program.close()
            with running("box", "-c", code, "HOST", "PORT", reuse, network=server.network) as again:
                assert again.watch.listening().ok is (reuse == "1")
                assert ("Address already in use" in again.program.output()) is (reuse == "0")


def test_bounds_of_a_settle_are_its_own() -> None:
    """A short bound ends that settle alone: the watch's own budget is as it was."""
    with serving("box", "sleeps", "0.3") as server, server.connect() as client:
        client.sendall(REQUEST)
        assert server.watch.settle()
        client.sendall(b"more")
        for _ in range(3):
            assert not server.watch.settle(sleep_seconds=0.01)
        assert server.watch.wait(client, readable=True).reason is Reason.READY


def test_a_spent_sleep_budget_does_not_end_work() -> None:
    with serving("box", "computes", "0.2", limits=replace(LIMITS, sleep_seconds=0.0)) as server:
        assert server.ask()[0].reason is Reason.READY


A, B = (b"\x7f\0\0\1", 8000), (b"\x7f\0\0\1", 40000)


def row(state: int = ESTABLISHED, local: tuple[bytes, int] = A, **more: int | bool) -> Row:
    return Row(state, local, B if local == A else A, **{"unread": 0, "unacknowledged": 0, "inode": 7, **more})


@pytest.mark.parametrize(
    ("rows", "moves"),
    [
        ([row(), row(local=B)], False),
        ([row(LISTEN, unread=3), row(TIME_WAIT, complete=False)], False),
        ([row(FIN_WAIT2, complete=False), row(local=B, sent=5)], False),  # half closed, and nobody's
        ([row(SYN_SENT)], True),
        ([row(sent=5, unacknowledged=5), row(local=B, received=4)], True),
        ([row(sent=5, unacknowledged=5), row(local=B, received=5)], False),  # arrived, not acknowledged
        ([row(unacknowledged=1)], True),  # the other end is unknown
        ([row(FIN_WAIT1, sent=5), row(local=B, received=5)], True),  # the end of stream is on its way
        ([row(FIN_WAIT1, sent=5), row(local=B, received=6)], False),
        ([row(held=1), row(local=B)], True),
        ([row(held=1, probing=True, window_closed=True), row(local=B)], False),
        ([row(held=1, probing=True, queued=10**6, send_buffer=10**6), row(local=B, unread=1)], False),
        (
            [row(held=1, probing=True, queued=10**6, send_buffer=10**6), row(local=B)],
            True,
        ),  # a reader would wake
        (
            [row(held=1, probing=True, queued=10**6, send_buffer=10**6), row(local=B, unread=1, room=10**5)],
            False,
        ),
        (
            [row(held=1, probing=True, queued=10**6, send_buffer=10**6), row(local=B, unread=1, room=10**6)],
            True,
        ),
        ([row(held=1, probing=True, queued=10**6, send_buffer=2 * 10**6), row(local=B, unread=1)], True),
        (
            [row(held=1, probing=True, queued=10**6, inode=1), row(local=B, unread=1, room=10**6)],
            False,
        ),  # ours
    ],
)
def test_in_flight(rows: list[Row], moves: bool) -> None:
    assert in_flight(rows, judges={1}) is moves
