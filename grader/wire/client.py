"""A client of the student's server, on a raw non-blocking socket.

It waits only through the server's Watch (grader/world), so no wait ends by a clock where something can be
proven, and every wait that was in vain comes with a sentence about what the server does instead.
"""

import contextlib
import socket
import struct
import time
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from grader.wire.transcript import Action, Transcript
from grader.world import Reason, Watch

CHUNK = 1 << 18  # bytes read or written in one call
SOON = 0.02  # seconds of CPU, or asleep, that a server may take where no verdict hangs on it
A_WHILE = 0.25  # likewise, for a server that has megabytes to take in small pieces
MEGABYTES = 16 << 20  # bytes of an answer that are taken at a time
SURPLUS = 1 << 16  # bytes more than were sent that a client takes from a server that talks on and on


class Ended(StrEnum):
    """Why a client stopped receiving."""

    ENOUGH = "enough"  # it has what it asked for
    EOF = "end of stream"
    RESET = "reset"
    REFUSED = "refused"  # there never was a connection
    STUCK = "stuck"
    SPINNING = "spinning"
    ASLEEP = "asleep"
    GONE = "gone"  # the program ended
    CAP = "cap"
    CLOCK = "clock"


IN_VAIN = {
    Reason.STUCK: Ended.STUCK,
    Reason.SPINNING: Ended.SPINNING,
    Reason.ASLEEP: Ended.ASLEEP,
    Reason.ENDED: Ended.GONE,
    Reason.CAP: Ended.CAP,
    Reason.CLOCK: Ended.CLOCK,
}
NOTICED = {Ended.EOF: Action.SEES_END, Ended.RESET: Action.SEES_RESET}


@dataclass(frozen=True, slots=True)
class Received:
    """What came, and why no more was taken."""

    data: bytes
    ended: Ended
    doing: str = ""  # what the server does instead of answering


class Client:
    """One connection. `refused` is true where there is none: then it sends into the void and receives nothing."""

    def __init__(self, sock: socket.socket, watch: Watch, transcript: Transcript, seconds: float) -> None:
        transcript.connections += 1
        self.number = transcript.connections
        self.refused = False
        self._socket = sock
        self._watch = watch
        self._transcript = transcript
        self._deadline = time.monotonic() + seconds
        self._inbox = bytearray()
        self._sent = 0
        self._taken = 0
        self._wanted = 0  # bytes that the check waits for
        self._unread = 0  # bytes at the beginning of the inbox that are in the transcript already
        self._over: tuple[Ended, str] | None = None  # why no more will come, once that is known
        self._noticed = False  # whether that is in the transcript: not before a check meets it

    def connect(self, host: str, port: int, note: str = "") -> None:
        """Connect to `host` and `port`, or become `refused`. The `note` is for the transcript."""
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._socket.connect_ex((host, port)):  # under way, as a rule; on loopback it is decided at once
            self._watch.wait(self._socket, writable=True)
        try:
            self._socket.getpeername()
        except OSError:
            self.refused = True
            self._give_up(Ended.REFUSED)
        self._transcript.add(self.number, Action.REFUSED if self.refused else Action.CONNECTS, note=note)

    def send(self, data: bytes) -> None:
        """Send all of `data`, reading meanwhile what comes back, so that no side waits for the other."""
        view = memoryview(data)
        while view and self._over is None:
            waited = self._watch.wait(self._socket, readable=self._wants_more(), writable=True)
            if waited.reason is not Reason.READY:
                self._transcript.add(self.number, Action.CANNOT_SEND, note=f"the last {len(view)} bytes")
                self._give_up(IN_VAIN[waited.reason], waited.doing)
                break
            view = view[self._push(view) :]
            self._pull()
        if len(data) > len(view):
            self._transcript.add(self.number, Action.SENDS, data[: len(data) - len(view)])
        if view:
            self._notice()

    def send_segments(self, segments: Iterable[bytes]) -> None:
        """Send each segment once the server has taken the one before and waits again."""
        for segment in segments:
            self.send(segment)
            self.settle()

    def send_what_fits(self, data: bytes) -> int:
        """Send as much of `data` as the server and the network take, reading nothing. Returns the bytes sent."""
        view = memoryview(data)
        while view and self._over is None:
            pushed = self._push(view)
            if not pushed:  # full; but only a server that waits again will take no more
                self._give_time()
                pushed = self._push(view)
                if not pushed:
                    break
            view = view[pushed:]
            self._mind_the_deadline()
        else:  # all of it has gone out, which does not mean that it has been taken
            self._give_time()
        sent = len(data) - len(view)
        self._transcript.add(self.number, Action.SENDS, data[:sent], "reading nothing")
        return sent

    def receive(self, size: int) -> Received:
        """The next `size` bytes, or fewer and the reason."""
        return self._receive(size, size)

    def receive_some(self) -> Received:
        """All that has come, once there is a byte; or none, and the reason."""
        return self._receive(1, MEGABYTES)

    def unread(self, data: bytes) -> None:
        """Give back the end of what was received: it will be received again."""
        self._inbox[:0] = data
        self._taken -= len(data)
        self._unread += len(data)

    def _receive(self, least: int, most: int) -> Received:
        self._wanted = least
        while len(self._inbox) < least and self._over is None:
            waited = self._watch.wait(self._socket, readable=True)
            if waited.reason is Reason.READY:
                self._pull()
            else:
                self._transcript.add(self.number, Action.WAITS, note=waited.doing)
                return Received(self._take(most), IN_VAIN[waited.reason], waited.doing)
            self._mind_the_deadline()
        if len(self._inbox) >= least:
            return Received(self._take(most), Ended.ENOUGH)
        data = self._take(most)
        self._notice()
        ended, doing = self._over or (Ended.CAP, "")
        return Received(data, ended, doing)

    def surplus(self) -> bytes:
        """What came beyond what was received so far, at most 64 KiB, once the server has had the time for it."""
        self._watch.settle(cpu_seconds=SOON, sleep_seconds=SOON)
        self._pull()
        return self._take(SURPLUS)

    def end_sending(self) -> None:
        """Shut down the writing side: the server sees the end of the stream, the client still listens."""
        if self.refused:
            return
        self._transcript.add(self.number, Action.ENDS_SENDING)
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def settle(self) -> None:
        """Wait until the server has taken what was sent and waits again, or never rests: then it is no barrier."""
        self._watch.settle(cpu_seconds=SOON)
        self._pull()  # if it has ended the connection, that is known from here on
        self._mind_the_deadline()

    def reset(self) -> None:
        """End the connection with a reset, whatever is unread."""
        self._transcript.add(self.number, Action.RESETS)
        linger = struct.pack("hh" if hasattr(socket, "SO_EXCLUSIVEADDRUSE") else "ii", 1, 0)
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self._socket.close()
        self._give_up(Ended.RESET)

    def close(self) -> None:
        """End the connection in good order: what has arrived is read first, so that no reset is sent."""
        if self._socket.fileno() < 0:
            return
        self._pull()
        self._transcript.add(self.number, Action.CLOSES)
        self._socket.close()
        self._give_up(Ended.EOF)

    def drop(self) -> None:
        """Close without a word in the transcript: the check is over."""
        if self._socket.fileno() >= 0:
            self._pull()
            self._socket.close()

    def hold_little(self) -> None:
        """Ask for the smallest receive buffer, before connecting: a server then fills it soon."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)

    def _wants_more(self) -> bool:
        return len(self._inbox) < max(self._wanted, self._sent - self._taken + SURPLUS, SURPLUS)

    def _push(self, view: memoryview) -> int:
        try:
            sent = self._socket.send(view[:CHUNK])
        except BlockingIOError:
            return 0
        except OSError:
            self._give_up(Ended.RESET)
            return 0
        self._sent += sent
        return sent

    def _pull(self) -> None:
        """Read what is there, up to the surplus."""
        while self._over is None and self._wants_more():
            try:
                data = self._socket.recv(CHUNK)
            except BlockingIOError:
                return
            except OSError:
                self._give_up(Ended.RESET)
                return
            if not data:
                self._give_up(Ended.EOF)
            self._inbox += data

    def _take(self, size: int) -> bytes:
        with memoryview(self._inbox) as view:  # one copy: it may be megabytes
            data = bytes(view[:size])
        del self._inbox[:size]
        self._taken += len(data)
        again = min(self._unread, len(data))
        self._unread -= again
        if len(data) > again:
            self._transcript.add(self.number, Action.RECEIVES, data[again:])
        return data

    def _notice(self) -> None:
        """The check has met the end of the connection: it goes into the transcript, once."""
        if self._over and self._over[0] in NOTICED and not self._noticed:
            self._noticed = True
            self._transcript.add(self.number, NOTICED[self._over[0]])

    def _give_time(self) -> None:
        """Let the server take what it will: it rests, or waits for us with a limit, which looks like sleep."""
        self._watch.settle(cpu_seconds=A_WHILE, sleep_seconds=SOON)

    def _give_up(self, ended: Ended, doing: str = "") -> None:
        self._over = self._over or (ended, doing)

    def _mind_the_deadline(self) -> None:
        if time.monotonic() > self._deadline:
            self._give_up(Ended.CAP, "it has been at it for too long")
