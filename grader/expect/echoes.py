"""What an echo server owes: the same bytes, once, and then the end of the stream."""

from grader.expect.faults import ROUND_AND_ROUND, fault_of
from grader.expect.mismatch import (
    ALIVE,
    HOW_IT_ENDED,
    SHOWN,
    Mismatch,
    counted,
    first_difference,
    named,
    size,
)
from grader.outcome import Excerpt
from grader.wire import Client, Ended, Received, Server


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
