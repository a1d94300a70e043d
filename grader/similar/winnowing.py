"""compare50, behind a face that has types: it takes programs apart into tokens, and finds what two of them share.

It reads files, so programs are laid out for it under numbers: s0001/f01.py. It runs nothing of them: Pygments cuts
them into tokens by regular expressions. Of its passes ours is `structure`, with documentation left out and shorter
runs, since homework is short: names, numbers and strings count as what they are, not as which; white space and
comments do not count at all.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from compare50 import Score, Submission, comparators, preprocessors
from pygments.token import String

from grader.similar.programs import plain

RUN = 20  # tokens, about two lines: what is shared in shorter pieces does not count
MOST_REPEATS = 20  # times that one run counts in one file: else a long table costs its length squared

Token: TypeAlias = Any  # compare50.Token: start and end, in characters; type; val, which stands for its text
Laid: TypeAlias = Submission


class Span(NamedTuple):
    """A place in a program."""

    file: int  # its number in the program, from 0
    start: int  # in characters
    end: int  # one past the last


class Compared(NamedTuple):
    """What compare50 says of two programs."""

    matches: list[tuple[Span, Span]]  # the longest runs that both have; they may overlap
    given: tuple[list[Span], list[Span]]  # what counts for nothing in each: the handout, and no tokens


def lay(folder: Path, number: int, texts: Iterable[str]) -> Laid:
    """The program of these texts, laid out in `folder` under its number, which is one of a kind."""
    place = folder / f"s{number:04}"
    place.mkdir()
    names = []
    for count, text in enumerate(texts):
        names.append(f"f{count:02}.py")
        (place / names[-1]).write_text(plain(text), "ascii")
    return Submission(place, names, preprocessor=prepared)


def tokens(laid: Laid) -> list[list[Token]]:
    """The tokens of every file, in order."""
    return [file.tokens() for file in laid.files]


def compare(pairs: Sequence[tuple[Laid, Laid]], given: Laid) -> Iterator[Compared]:
    """What each pair shares that is not `given`. It keeps an index of every program in `pairs`: a megabyte each."""
    number = {file.id: count for pair in pairs for laid in pair for count, file in enumerate(laid.files)}

    def span(found: Any) -> Span:
        return Span(number[found.file.id], found.start, found.end)

    winnowing = comparators.Winnowing(k=RUN, t=RUN)
    for one in winnowing.compare([Score(*pair) for pair in pairs], given.files):
        sides = ({file.id for file in laid.files} for laid in (one.sub_a, one.sub_b))
        yield Compared(
            [(span(left), span(right)) for left, right in one.span_matches],
            tuple([span(found) for found in one.ignored_spans if found.file.id in side] for side in sides),  # type: ignore[arg-type]
        )


def prepared(found: Iterable[Token]) -> Iterable[Token]:
    """The tokens that count, as what they count."""
    for step in PREPARATION:
        found = step(found)
    return found


def undocumented(found: Iterable[Token]) -> Iterator[Token]:
    """Without documentation strings: they were given, and are changed more easily than anything else."""
    return (token for token in found if token.type not in String.Doc)


def unrepeated(found: Iterable[Token]) -> Iterator[Token]:
    """Without what would end a run that has been there MOST_REPEATS times: so the index of any file is small."""
    seen = Counter[tuple[str, ...]]()
    last = deque[str](maxlen=RUN)
    for token in found:
        run = (*last, token.val)[-RUN:]
        if len(run) == RUN:
            if seen[run] == MOST_REPEATS:
                continue
            seen[run] += 1
        last.append(token.val)
        yield token


PREPARATION: tuple[Callable[[Iterable[Token]], Iterable[Token]], ...] = (
    undocumented,
    preprocessors.strip_whitespace,
    preprocessors.strip_comments,
    preprocessors.normalize_identifiers,
    preprocessors.normalize_string_literals,
    preprocessors.normalize_numeric_literals,
    unrepeated,
)
