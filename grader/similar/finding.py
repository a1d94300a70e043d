"""A class from end to end: programs are laid out and ranked, and the likeliest pairs are compared closely."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.report.similar import MUCH, Pair, Side, Similar
from grader.similar import winnowing
from grader.similar.passages import Places, passages
from grader.similar.programs import Program
from grader.similar.ranking import CLOSELY, Likely, Tracks

LEAST = Fraction(1, 5)  # what less is shared than this is not shown: any two have as much

Watcher = Callable[[str, int, int], None]  # "pairs compared", so many of so many


def find_similar(programs: Sequence[Program], given: Sequence[str], most: int, watch: Watcher) -> Similar:
    """What `programs` have in common that is not `given`; `most` pairs are shown.

    Those of the class at hand come first, then those of earlier ones, which are not compared with each other.
    """
    here = sum(not one.source for one in programs)
    with TemporaryDirectory(prefix="grader-similar-") as name:
        folder = Path(name)
        handout = winnowing.lay(folder, len(programs), given)
        laid = [winnowing.lay(folder, number, one.texts.values()) for number, one in enumerate(programs)]
        tracks = Tracks(words(handout))
        for number, one in enumerate(laid, 1):
            tracks.add(words(one))
            watch("submissions taken apart", number, len(laid))
        ranked = tracks.ranked(here)
        much = [pair for pair in ranked if pair.share >= MUCH]
        shown = [pair for pair in ranked if pair.share >= LEAST][:most]
        pairs: list[Pair] = []
        watch("likeliest pairs compared", 0, len(shown))
        for pair in closely(shown, programs, laid, handout, tracks):
            pairs.append(pair)
            watch("likeliest pairs compared", len(pairs), len(shown))
    return Similar(
        submissions=here,
        earlier=len(programs) - here,
        given=len(given),
        pairs=pairs,
        groups=[[title(programs[one]) for one in group] for group in groups(much)],
        more=max(0, len(much) - len(shown)),
        uncounted=len(much) == CLOSELY,
        remarks=[remark for one in programs if (remark := remark_on(one))],
    )


def words(laid: winnowing.Laid) -> Iterator[list[str]]:
    """What the tokens of each file count as."""
    return ([token.val for token in file] for file in winnowing.tokens(laid))


def closely(
    pairs: Sequence[Likely],
    programs: Sequence[Program],
    laid: Sequence[winnowing.Laid],
    handout: winnowing.Laid,
    tracks: Tracks,
) -> Iterator[Pair]:
    """Each of these pairs with the passages that it shares, ready to be drawn."""

    @cache
    def places(number: int) -> Places:
        return Places.of(winnowing.tokens(laid[number]), list(programs[number].texts.values()))

    compared = winnowing.compare([(laid[pair.one], laid[pair.other]) for pair in pairs], handout)
    for pair, found in zip(pairs, compared, strict=True):
        numbers = pair.one, pair.other
        sides = [
            Side(
                who=programs[number].who,
                source=programs[number].source,
                texts=programs[number].texts,
                given=places(number).parts(given),
                own=tracks[number].size,
            )
            for number, given in zip(numbers, found.given, strict=True)
        ]
        shared = passages(found, *map(places, numbers))
        yield Pair(left=sides[0], right=sides[1], share=pair.share, passages=shared)


def groups(pairs: Sequence[Likely]) -> list[list[int]]:
    """Who is connected by `pairs`, in groups, the largest first."""
    of: dict[int, set[int]] = {}
    for pair in pairs:
        together = of.get(pair.one, {pair.one}) | of.get(pair.other, {pair.other})
        of.update(dict.fromkeys(together, together))
    distinct = {id(group): sorted(group) for group in of.values()}
    return sorted(distinct.values(), key=lambda group: (-len(group), group))


def title(program: Program) -> str:
    """Who, and from where if not of this class."""
    return f"{program.who} ({program.source})" if program.source else program.who


def remark_on(program: Program) -> str:
    """What is to be known of a program that was not compared as a whole, or ""."""
    if not program.texts:
        return f"{title(program)}: there is no Python program"
    return f"{title(program)}: only the beginning was compared, for it is very long" if program.cut else ""
