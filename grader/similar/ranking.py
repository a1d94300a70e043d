"""How much any two programs share: a count over the runs of tokens that they have, all pairs at once.

compare50 has a ranking of its own. It counts runs without regard to how long the programs are, so that a short one
that was copied goes under among long ones that were not; it chooses its runs by hashes that differ from one start of
Python to the next; and it makes an object of every pair, two million in a class of 2,000. So only what is a run, and
what is shared in detail, comes from there.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from grader.report.similar import LITTLE
from grader.similar.winnowing import RUN

CLOSELY = 10_000  # pairs whose share is counted by tokens; the others share less
NO_RUN = 0  # where a file ends before a run does
BASE = 0x9E3779B97F4A7C15  # of the polynomial that a run's hash is: odd, and its bits are well mixed

Hashes: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


class Likely(NamedTuple):
    """Two programs, by their numbers, the smaller number first, and what they share."""

    share: Fraction  # the part of the smaller one's own tokens that stand in a run which the other has too
    one: int
    other: int


@dataclass(frozen=True, slots=True)
class Track:
    """One program as runs: one begins at every token."""

    runs: Hashes
    free: Mask  # the runs that were not given
    own: Mask  # the tokens that stand in no run that was given
    kinds: Hashes  # the free runs, each once

    @property
    def size(self) -> int:
        """How many tokens are the student's own."""
        return int(np.count_nonzero(self.own))

    def share(self, other: "Track") -> Fraction:
        """The part of the own tokens that stand in a run which `other` has too, from 0 to 1."""
        both = self.free & np.isin(self.runs, other.kinds)
        return Fraction(int(np.count_nonzero(spread(both) & self.own)), max(self.size, LITTLE))


class Tracks:
    """The programs that are compared. A run is known by its hash: the same every time, for it is one of numbers."""

    def __init__(self, given: Iterable[Sequence[str]]) -> None:
        """`given` are the tokens of every file that everybody has."""
        self._numbers: dict[str, int] = {}
        self._given = np.unique(self._runs(given))
        self._given = self._given[self._given != NO_RUN]
        self._all: list[Track] = []

    def __getitem__(self, number: int) -> Track:
        return self._all[number]

    def add(self, files: Iterable[Sequence[str]]) -> None:
        """One more program: the tokens of each of its files."""
        runs = self._runs(files)
        given = np.isin(runs, self._given)
        free = ~given & (runs != NO_RUN)
        self._all.append(Track(runs, free, ~spread(given), np.unique(runs[free])))

    def _runs(self, files: Iterable[Sequence[str]]) -> Hashes:
        """The run that begins at each token."""
        found = [np.empty(0, np.int64)]
        for file in files:
            numbers = [self._numbers.setdefault(word, len(self._numbers) + 1) for word in file]
            hashes = np.full(len(numbers), NO_RUN, np.int64)
            if len(numbers) >= RUN:
                hashes[: 1 - RUN] = sliding_window_view(np.array(numbers), RUN) @ powers()
            found.append(hashes)
        return np.concatenate(found)

    def ranked(self, here: int) -> list[Likely]:
        """The pairs that share anything, the most similar first, one of the first `here` programs in each."""
        sizes = np.array([len(track.kinds) for track in self._all], np.float32)
        smaller = np.maximum(np.minimum.outer(sizes[:here], sizes), LITTLE)
        parts = np.triu(self._in_common(here) / smaller, 1).ravel()  # every pair once, and none with itself
        chosen = (
            np.argpartition(parts, -CLOSELY)[-CLOSELY:] if parts.size > CLOSELY else np.arange(parts.size)
        )
        pairs = (divmod(int(place), len(sizes)) for place in chosen[parts[chosen] > 0])
        likely = [Likely(self._share(one, other), one, other) for one, other in pairs]
        return sorted(likely, key=lambda pair: (-pair.share, pair))

    def _share(self, one: int, other: int) -> Fraction:
        """The part of the smaller one's own tokens that the other has too."""
        smaller, larger = sorted((self._all[one], self._all[other]), key=lambda track: track.size)
        return smaller.share(larger)

    def _in_common(self, here: int) -> NDArray[np.float32]:
        """How many runs each of the first `here` programs has in common with each of them all."""
        common = np.zeros((here, len(self._all)), np.float32)
        runs = np.concatenate([track.kinds for track in self._all])
        whose = np.repeat(np.arange(len(self._all)), [len(track.kinds) for track in self._all])
        order = np.lexsort((whose, runs))
        ends = np.flatnonzero(np.diff(runs[order])) + 1
        # Runs that stand side by side mostly have the same owners: what they have in common is counted once.
        several = Counter(owners.tobytes() for owners in np.split(whose[order], ends) if len(owners) > 1)
        for data, count in several.items():
            owners = np.frombuffer(data, whose.dtype)
            common[np.ix_(owners[: np.searchsorted(owners, here)], owners)] += count
        return common


def spread(begins: Mask) -> Mask:
    """The tokens that stand in one of the runs that begin where `begins` says."""
    if not len(begins):
        return begins
    return np.convolve(begins, np.ones(RUN, np.int64))[: len(begins)] > 0


def powers() -> Hashes:
    """What each token of a run is multiplied by in its hash, all modulo 2**64."""
    return np.array([pow(BASE, power, 1 << 64) for power in range(RUN)], np.uint64).view(np.int64)
