"""A Mismatch: what was expected and did not come, in the words of a lesson card; and words that it is made of."""

from dataclasses import dataclass

from grader.outcome import Excerpt
from grader.wire import Ended

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


def first_difference(ours: bytes, theirs: bytes) -> int:
    """The index of the first byte in which they differ: the shorter length, if one begins with the other."""
    if theirs.startswith(ours) or ours.startswith(theirs):
        return min(len(ours), len(theirs))
    low, high = 0, min(len(ours), len(theirs))  # they agree below `low`, and differ below `high`
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if ours[:middle] == theirs[:middle] else (low, middle)
    return low
