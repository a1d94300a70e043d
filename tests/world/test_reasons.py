"""Every way in which a server can answer, be late, or not answer at all, and the reason that a wait gives for it."""

import pytest

from grader.steps import Limits
from grader.world import Kind, Reason
from tests.world.running import KINDS, busy_neighbours, serving

ANSWERING = (
    "answers",
    "answers_in_a_thread",
    "answers_by_asyncio",
    "answers_by_http_server",
    "answers_by_select",
    "answers_megabytes",
    "answers_through_a_subprocess",
)
# What never answers, and what it does instead.
SILENT = (
    ("waits_for_more", Reason.STUCK, "it waits in recv() on the connection, 0 bytes unread"),
    ("waits_for_more_in_a_thread", Reason.STUCK, "it waits in recv() on the connection, 0 bytes unread; "),
    ("waits_for_more_by_asyncio", Reason.STUCK, "it waits in epoll on the connection, 0 bytes unread"),
    ("waits_for_more_by_http_server", Reason.STUCK, "it waits in recv() on the connection, 0 bytes unread"),
    ("waits_for_more_by_threading_http_server", Reason.STUCK, "it waits in recv() on the connection, "),
    ("waits_beside_a_zombie", Reason.STUCK, "it waits in recv() on the connection, 0 bytes unread"),
    ("waits_for_a_lock", Reason.STUCK, "it waits for a lock; it waits in accept() for a client"),
    ("waits_for_a_reader", Reason.STUCK, "it waits in send(): nobody reads"),
    ("never_accepts", Reason.STUCK, "it waits for a lock"),
    ("waits_with_a_time_limit", Reason.ASLEEP, "it waits in poll() on the connection, 0 bytes unread"),
    ("looks_again_and_again", Reason.ASLEEP, "it waits in select() on the connection, 0 bytes unread"),
    ("spins_without_blocking", Reason.SPINNING, "it computes without pause"),
)
# Around a budget of half a second: under it, over it.
BUDGETS = (
    ("sleeps", "0.3", "100", Reason.ASLEEP),
    ("naps", "0.2", "100", Reason.ASLEEP),
    ("computes", "0.3", "100", Reason.SPINNING),
    ("computes_in_a_thread", "0.3", "100", Reason.SPINNING),
    ("computes_in_a_fork", "0.3", "100", Reason.SPINNING),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ANSWERING)
def test_answers(kind: Kind, name: str) -> None:
    with serving(kind, name) as server:
        for _ in range(2):
            waited, data = server.ask()
            assert (waited.reason, waited.doing) == (Reason.READY, "")
            assert data.startswith(b"HTTP/1."), data


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "reason", "doing"), SILENT, ids=[row[0] for row in SILENT])
def test_silent(kind: Kind, name: str, reason: Reason, doing: str) -> None:
    with serving(kind, name) as server:
        waited, _ = server.ask()
        assert waited.reason is reason
        assert waited.doing.startswith(doing)


def test_waits_in_vain_for_the_rest() -> None:
    """Progress is no promise: the first bytes come, the rest does not."""
    with serving("box", "ends_short") as server, server.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert server.watch.wait(client, readable=True).reason is Reason.READY
        assert client.recv(4096).endswith(b"short")
        assert server.watch.wait(client, readable=True).reason is Reason.STUCK


@pytest.mark.parametrize(("name", "under", "over", "reason"), BUDGETS, ids=[row[0] for row in BUDGETS])
def test_budgets(name: str, under: str, over: str, reason: Reason) -> None:
    with serving("box", name, under) as server:
        assert server.ask()[0].reason is Reason.READY
    with serving("box", name, over) as server:
        waited, _ = server.ask()
        assert waited.reason is reason


def test_sleep_is_told_to_the_second() -> None:
    with serving("box", "sleeps", "100") as server:
        assert server.ask()[0].doing == "it sleeps for 100 s more"


def test_sleep_adds_up_over_the_life_of_a_watch() -> None:
    """Each nap is short, and each is followed by progress: a slow drip has to end too."""
    with serving("box", "sleeps", "0.2") as server:
        assert [server.ask()[0].reason for _ in range(4)] == [*[Reason.READY] * 2, *[Reason.ASLEEP] * 2]


def test_progress_renews_the_cpu_budget() -> None:
    with serving("box", "computes", "0.3") as server:
        assert [server.ask()[0].reason for _ in range(3)] == [Reason.READY] * 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_crash_is_an_end_of_stream_and_then_an_end(kind: Kind) -> None:
    with serving(kind, "crashes") as server:
        assert server.ask()[0].reason is Reason.READY  # the kernel closes the connection
        waited = server.watch.ends()
        assert (waited.reason, waited.doing) == (Reason.ENDED, "it ended with exit status 1")
        assert "RuntimeError: on purpose" in server.program.output()


def test_where_nothing_can_be_proven_the_clock_decides() -> None:
    limits = Limits(clock_seconds=0.2)
    with serving("plain", "waits_for_more", limits=limits, proof=False) as server:
        waited, _ = server.ask()
        assert (waited.reason, waited.doing) == (Reason.CLOCK, "")
        assert server.watch.settle()
        assert not server.watch.idle()
    with serving("plain", "answers", limits=limits, proof=False) as server:
        assert server.ask()[0].reason is Reason.READY
        assert not server.watch.idle()
    with serving("plain", "crashes", limits=limits, proof=False) as server:
        server.ask()
        assert server.watch.ends().reason is Reason.ENDED
        assert not server.watch.settle()


def test_the_last_cap() -> None:
    """A program that computes within a huge budget ends at the cap on the wait."""
    with serving("box", "computes", "100", limits=Limits(cpu_seconds=1000.0, wall_seconds=0.2)) as server:
        assert server.ask()[0].reason is Reason.CAP


def test_busy_neighbours_change_nothing() -> None:
    with busy_neighbours(4):
        for name in ("answers", "answers_by_asyncio", "answers_through_a_subprocess"):
            with serving("box", name) as server:
                assert server.ask()[0].reason is Reason.READY
        for name, reason, doing in SILENT[::2]:
            with serving("box", name) as server:
                waited, _ = server.ask()
                assert waited.reason is reason
                assert waited.doing.startswith(doing)
        with serving("box", "computes", "0.3") as server:
            assert server.ask()[0].reason is Reason.READY
