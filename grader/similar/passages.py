"""What two programs share, as passages: each stands once on either side, and none overlaps another."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.report.similar import Part, Passage
from grader.similar.winnowing import Compared, Span, Token

SHORTEST = 8  # tokens, about a line: what is left of a passage beside a longer one


@dataclass(frozen=True, slots=True)
class Places:
    """The tokens of one program, by their places in it: 0 is the first of the first file."""

    starts: Sequence[tuple[int, int]]  # of each token: its file and its first character
    ends: Sequence[int]  # one past its last character
    spelled: Sequence[str]  # as the student wrote it

    @classmethod
    def of(cls, files: Sequence[Sequence[Token]], texts: Sequence[str]) -> "Places":
        """The places in these files, of which `texts` are the texts."""
        found = [(number, token) for number, file in enumerate(files) for token in file]
        return cls(
            [(number, token.start) for number, token in found],
            [token.end for _, token in found],
            [texts[number][token.start : token.end] for number, token in found],
        )

    def within(self, span: Span) -> range:
        """The places of the tokens that begin in `span`."""
        first = bisect_left(self.starts, (span.file, span.start))
        return range(first, bisect_left(self.starts, (span.file, span.end), first))

    def part(self, first: int, past: int) -> Part:
        """Where the tokens from place `first` to the one before `past` stand: all in one file."""
        file, start = self.starts[first]
        return Part(file, start, self.ends[past - 1])

    def parts(self, spans: Iterable[Span]) -> list[Part]:
        """The parts in which the tokens in these spans stand: neighbours in one."""
        found: list[Part] = []
        last = -2
        for place in sorted({place for span in spans for place in self.within(span)}):
            part = self.part(place, place + 1)
            if place == last + 1 and part.file == found[-1].file:
                part = Part(part.file, found.pop().start, part.end)
            found.append(part)
            last = place
        return found


def passages(found: Compared, left: Places, right: Places) -> list[Passage]:
    """The passages that two programs share, in the order of the left one: the longest match is taken first."""
    matches = [(left.within(one), right.within(other)) for one, other in found.matches]
    matches.sort(key=lambda match: (-len(match[0]), match[0].start, match[1].start))
    taken: tuple[set[int], set[int]] = set(), set()
    kept = []
    for one, other in matches:
        for start, past in list(free(one, other, taken)):
            taken[0].update(one[start:past])
            taken[1].update(other[start:past])
            kept.append((one[start:past], other[start:past]))
    kept.sort(key=lambda match: match[0].start)
    return [passage(one, other, left, right) for one, other in kept]


def passage(one: range, other: range, left: Places, right: Places) -> Passage:
    """What stands at these places."""
    alike = sum(left.spelled[here] == right.spelled[there] for here, there in zip(one, other, strict=True))
    return Passage(left.part(one.start, one.stop), right.part(other.start, other.stop), len(one), alike)


def free(one: range, other: range, taken: tuple[set[int], set[int]]) -> Iterator[tuple[int, int]]:
    """The stretches of a match that no passage has on either side yet: where each begins, and one past its end."""
    length = min(len(one), len(other))
    start = 0
    for at in range(length + 1):
        if at == length or one[at] in taken[0] or other[at] in taken[1]:
            if at - start >= SHORTEST:
                yield start, at
            start = at + 1
