"""The client, the server that it sees, and the keeper: on small programs of our own, run as plainly as it goes."""

import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from grader.outcome import Event, Excerpt, Submission
from grader.plugin.cards import by_hand
from grader.steps import Limits, find
from grader.wire import Ended, Keeper, NotListening, Transcript
from grader.wire.transcript import KEPT, Action
from grader.world import site

LISTEN = """\
import socket, sys
listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    connection, _ = listener.accept()
"""
ECHO = (
    LISTEN
    + "    while data := connection.recv(65536):\n        connection.sendall(data)\n    connection.close()\n"
)
LEAKS = LISTEN.replace("while True", "kept = []\nwhile True") + "    kept.append(connection)\n"
LIMITS = Limits()


class Stage:
    """A keeper of one program, and the transcript of what its clients did."""

    def __init__(self, folder: Path, program: str, limits: Limits = LIMITS, *, fresh: bool = False) -> None:
        (folder / "server.py").write_text(program)
        self.transcript = Transcript()
        here = site("plain", limits, Submission(name="x", files={}, folder=str(folder)))
        step = replace(find("hw01"), limits=limits)
        self.keeper = Keeper(here, step, Random(1), fresh=fresh)
        try:
            self.server = self.keeper.serve(self.transcript)
        except NotListening:
            self.keeper.close()
            raise

    def actions(self) -> list[str]:
        return [event.action for event in self.transcript.events()]


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path, ECHO)
    yield stage
    stage.keeper.close()


def test_what_is_sent_comes_back_and_is_written_down(echo: Stage) -> None:
    client = echo.server.connect()
    client.send(b"hello")
    received = client.receive(5)
    assert (received.data, received.ended) == (b"hello", Ended.ENOUGH)
    client.end_sending()
    assert client.receive(1).ended is Ended.EOF
    client.close()
    assert echo.actions() == [
        Action.STARTS,
        Action.CONNECTS,
        Action.SENDS,
        Action.RECEIVES,
        Action.ENDS_SENDING,
        Action.SEES_END,
        Action.CLOSES,
    ]


def test_a_wait_in_vain_is_proven_and_explained(echo: Stage) -> None:
    received = echo.server.connect().receive(1)
    assert (received.data, received.ended) == (b"", Ended.STUCK)
    assert "recv()" in received.doing


def test_more_than_the_buffers_hold_goes_through_while_reading(echo: Stage) -> None:
    data = bytes(range(256)) * (16 << 12)
    client = echo.server.connect()
    client.send(data)
    assert client.receive(len(data)).data == data


def test_what_fits_is_less_than_everything(echo: Stage) -> None:
    data = bytes(64 << 20)
    client = echo.server.connect()
    sent = client.send_what_fits(data)
    assert 0 < sent < len(data)
    assert client.receive(sent).data == data[:sent]


def test_nobody_there_is_a_refused_client_that_does_nothing(echo: Stage) -> None:
    echo.server.program.close()
    client = echo.server.connect()
    client.send(b"hello")
    assert client.refused
    assert client.receive(5).ended is Ended.REFUSED


def test_a_surplus_is_seen_and_bounded(tmp_path: Path) -> None:
    talker = LISTEN + "    while True:\n        connection.sendall(b'x' * 65536)\n"
    stage = Stage(tmp_path, talker)
    assert len(stage.server.connect().surplus()) == 1 << 16
    stage.keeper.close()


def test_a_server_that_has_its_time_is_capped(tmp_path: Path) -> None:
    drip = "import time\n" + LISTEN + "    while True:\n        connection.sendall(b'x'); time.sleep(0.01)\n"
    limits = replace(LIMITS, wall_seconds=0.2, sleep_seconds=100.0)
    stage = Stage(tmp_path, drip, limits)
    client = stage.server.connect()
    client.send(bytes(1000))
    assert client.receive(1000).ended is Ended.CAP
    stage.keeper.close()


def test_a_server_that_is_idle_again_is_kept(echo: Stage) -> None:
    pid = echo.server.program.pids()[0]
    client = echo.server.connect()
    client.send(b"hello")
    client.receive(5)
    echo.keeper.release()
    assert echo.keeper.serve(Transcript()).program.pids()[0] == pid
    assert echo.keeper.kept


def test_a_server_is_not_kept_where_every_check_gets_a_fresh_one(tmp_path: Path) -> None:
    stage = Stage(tmp_path, ECHO, fresh=True)
    pid = stage.server.program.pids()[0]
    stage.keeper.release()
    assert stage.keeper.serve(Transcript()).program.pids()[0] != pid
    assert not stage.keeper.kept
    stage.keeper.close()


@pytest.mark.parametrize(
    "program",
    [LEAKS, LISTEN + "    listener.close()\n    connection.close()\n    socket.socketpair()[0].recv(1)\n"],
    ids=["a connection is left", "it listens no more"],
)
def test_a_server_that_is_not_idle_is_replaced(tmp_path: Path, program: str) -> None:
    stage = Stage(tmp_path, program)
    stage.server.connect().settle()
    stage.keeper.release()
    stage.keeper.serve(Transcript())
    assert not stage.keeper.kept
    stage.keeper.close()


def test_what_does_not_listen_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotListening) as problem:
        Stage(tmp_path, "print('so long')\n")
    assert "ended with exit status 0" in problem.value.listening.doing
    assert problem.value.printed == "so long\n"


@pytest.mark.parametrize(
    ("count", "kept"), [(2 * KEPT, 2 * KEPT), (2 * KEPT + 1, 2 * KEPT + 1), (1000, 2 * KEPT + 1)]
)
def test_a_transcript_keeps_both_ends(count: int, kept: int) -> None:
    transcript = Transcript()
    for number in range(count):
        transcript.add(number, Action.CONNECTS)
    events = transcript.events()
    assert len(events) == kept
    assert (events[0].connection, events[-1].connection) == (0, count - 1)


def test_the_line_of_python_repeats_the_exchange(echo: Stage) -> None:
    """It is run, against a server that listens elsewhere than on 8000."""
    message = b'it\'s "quoted" \\ and \r\n\x00\xff'
    events = (
        Event(0, "is started"),
        Event(1, Action.SENDS, Excerpt.of(message)),
        Event(1, Action.ENDS_SENDING),
    )
    line = by_hand(events).replace("8000", str(echo.server.port)).replace("python3", sys.executable, 1)
    done = subprocess.run(shlex.split(line), capture_output=True, text=True, check=True)
    assert done.stdout == f"{message!r}\n"


def test_a_long_message_becomes_as_many_random_bytes() -> None:
    line = by_hand((Event(1, Action.SENDS, Excerpt.of(bytes(100_000))),))
    assert "os.urandom(100000)" in line
    assert not by_hand((Event(1, Action.CONNECTS),)), "there is nothing to repeat"
