"""Expectations: what a check demands of the evidence. Each returns, or raises a Mismatch that explains itself.

A Mismatch holds the middle of a lesson card: what was expected, what came instead, and where they part. What a
fault is called is said in faults.py.
"""

from dataclasses import dataclass

from grader.expect.faults import ROUND_AND_ROUND, fault_of, last_words
from grader.outcome import Excerpt
from grader.wire import Client, Ended, NotListening, Received, Server
from grader.world import Program, Waited

SHOWN = 64  # bytes of each side that a card shows around the first offending byte


@dataclass(slots=True)
class Mismatch(Exception):
    """What was expected did not come. The sentences are without a full stop."""

    expected: str
    got: str
    wanted: Excerpt | None = None
    came: Excerpt | None = None
    offset: int | None = None
    fault: str = ""
    diagnosis: str = ""
    alive: bool = False  # the server still runs and is stuck: its own lines will say where
    where: tuple[str, ...] = ()  # or they have been asked for already,
    printed: str = ""  # as has what it printed

    def __str__(self) -> str:
        return f"expected {self.expected}; got {self.got}"


HOW_IT_ENDED = {
    Ended.EOF: "the connection closed after {count}",
    Ended.RESET: "the connection was reset after {count}",
    Ended.REFUSED: "the connection was refused: nobody listens there any more",
    Ended.STUCK: "{came}, and no more will come: your server waits for something that will never happen",
    Ended.SPINNING: "{came}, and then your server computed without sending anything",
    Ended.ASLEEP: "{came}, and then your server slept for too long",
    Ended.GONE: "{came}, and then your program ended",
    Ended.CAP: "{came}, and then the time for this check was over",
    Ended.CLOCK: "{came}, and then nothing for seconds",
}
ALIVE = {Ended.STUCK, Ended.SPINNING, Ended.ASLEEP, Ended.CAP, Ended.CLOCK}


def echo(client: Client, data: bytes) -> None:
    """`data`, which the client has sent, comes back."""
    received = client.receive(len(data))
    if received.ended is not Ended.ENOUGH or received.data != data:
        raise not_echoed(data, received)


def nothing_more(client: Client) -> None:
    """Nothing came beyond what was received so far, though the server has had the time for it."""
    surplus = client.surplus()
    if surplus:
        raise Mismatch(
            expected="nothing more: each byte comes back once",
            got=f"{size(len(surplus))} more",
            came=Excerpt.of(surplus),
            offset=0,
            fault="it sends too much: something is added to the bytes, or they are sent twice",
        )


def not_echoed(data: bytes, received: Received) -> Mismatch:
    """The Mismatch between what was sent and what came back."""
    got = received.data
    offset = first_difference(data, got)
    if offset < len(got):
        theirs, ours = got[offset : offset + 1], data[offset : offset + 1]
        came = f"byte {offset} is {named(theirs)}, where {named(ours) if ours else 'nothing'} was expected"
    else:
        came = HOW_IT_ENDED[received.ended].format(
            count=counted(got, len(data)), came=counted(got, len(data)) if got else "nothing"
        )
    return Mismatch(
        expected="the same byte back" if len(data) == 1 else f"the same {size(len(data))} back",
        got=came,
        wanted=Excerpt.of(data, offset, SHOWN),
        came=Excerpt.of(got, offset, SHOWN) if got else None,
        offset=offset,
        fault=fault_of(data, got, received.ended),
        diagnosis=received.doing,
        alive=received.ended in ALIVE,
    )


def end_of_stream(client: Client) -> None:
    """The server ends the connection: the client, which has ended its own sending, sees the end of the stream."""
    received = client.receive(1)
    if received.ended is Ended.EOF and not received.data:
        return
    how = {
        Ended.ENOUGH: "more bytes, which nobody had sent",
        Ended.RESET: "a reset: the server closed while bytes of the client were unread, or asked for one",
    }
    open_still = ROUND_AND_ROUND if received.ended is Ended.SPINNING else "it does not close the connection"
    raise Mismatch(
        expected="the end of the stream: the server closes the connection",
        got=how.get(received.ended, "nothing: the connection stays open"),
        came=Excerpt.of(received.data) if received.data else None,
        fault=open_still if received.ended in ALIVE else "",
        diagnosis=received.doing,
        alive=received.ended in ALIVE,
    )


def serves(server: Server, message: bytes) -> Client:
    """A new client gets its echo, be it before or after it has ended its sending. Returns the client."""
    client = server.connect()
    client.send(message)
    client.settle()
    client.end_sending()
    echo(client, message)
    return client


def refused(server: Server, host: str) -> None:
    """Nobody listens on `host`."""
    if not server.connect(host).refused:
        raise Mismatch(
            expected=f"a connection to {host} is refused: the server was started with {server.host}",
            got=f"a connection: the server listens on {host} too",
            fault="it listens on every address of the machine",
        )


def not_listening(problem: NotListening) -> Mismatch:
    """The Mismatch for a server that was started and does not listen."""
    listening = problem.listening
    if listening.elsewhere:
        got = f"your program listens on {' and '.join(listening.elsewhere)} instead"
    elif listening.alive:
        got = "your program listens nowhere"
    else:
        ended = f"your program {listening.doing.removeprefix('it ')}"
        got = ": ".join(filter(None, (ended, last_words(problem.printed))))
    return Mismatch(
        expected=f"the server listens on {problem.host}, port {problem.port}",
        got=got,
        fault="it does not listen where it was told to" if listening.elsewhere else "",
        diagnosis=listening.doing if listening.alive else "",
        alive=listening.alive,
    )


def ended_by_itself(program: Program, waited: Waited) -> None:
    """A program that was run beside the server has ended, with exit status 0."""
    ending = program.ended()
    if ending is not None and ending.status == 0:
        return
    raise Mismatch(
        expected="the import ends by itself and starts nothing",
        got=f"it {ending.reason}" if ending else "it goes on",
        fault="the server starts, or a socket is bound, when the module is imported",
        diagnosis="" if ending else waited.doing,
        where=() if ending else program.where(),
        printed=program.output(),
    )


def first_difference(ours: bytes, theirs: bytes) -> int:
    """The index of the first byte in which they differ: the shorter length, if one begins with the other."""
    if theirs.startswith(ours) or ours.startswith(theirs):
        return min(len(ours), len(theirs))
    low, high = 0, min(len(ours), len(theirs))  # they agree below `low`, and differ below `high`
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if ours[:middle] == theirs[:middle] else (low, middle)
    return low


def named(byte: bytes) -> str:
    """One byte, for a sentence: 0x41 "A"."""
    character = byte.decode("latin-1")
    return f'0x{byte[0]:02x} "{character}"' if " " < character <= "~" else f"0x{byte[0]:02x}"


def size(count: int) -> str:
    """A number of bytes, for a sentence."""
    return f"{count:,} byte{'' if count == 1 else 's'}".replace(",", " ")


def counted(got: bytes, total: int) -> str:
    """How much of `total` came."""
    if not got:
        return "0 bytes"
    return f"{len(got):,} of {size(total)}".replace(",", " ")
