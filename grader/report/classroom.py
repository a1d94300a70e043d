"""A class as text: a row per submission, what they have in common, and how each check did.

The table of a class is laid out here, line by line: it may have 10,000 rows, and the file and the terminal show the
same. It looks at one report at a time.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from math import ceil
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from grader.outcome import Report, Status, with_id
from grader.report.pen import Pen, counted
from grader.report.statistics import FEWEST, SIDE, Bin, Figures, Statistics, Tally, statistics
from grader.report.summary import Row, row, whose
from grader.report.tables import STYLES, grid, percent

FEW = 60  # rows: a class that has more is no table on the terminal
LONGEST_NAME, LONGEST_WORDS = 160, 300  # characters of a cell
HEADINGS = ("submission", "status", "score", "first failed check")
RIGHT = 2  # the column whose cells stand at the right
GAP = "  "
LABEL = 21  # columns, of the labels in the summary
BARS = "▁▂▃▄▅▆▇█"

LEGEND = {
    "blocked": "not tried, because a check before it failed",
    "rate": "how many pass, of those that tried it",
    "discrimination": "do those who pass it do well on the rest too? 1: always; near 0: it tells nothing; "
    "below 0: look at the check",
    "-": f"fewer than {FEWEST} tried it, fewer than {SIDE} pass or fail, or all are alike on the rest",
    "first": "of so many submissions it is the first failed check",
}


def class_listing(reports: Collection[Report], pen: Pen) -> Iterator[Text]:
    """A row per submission, and what they have in common. The reports are gone through twice."""
    tally, wide = Tally(), [pen.text(heading).cell_len for heading in HEADINGS[:-1]]
    for report in reports:
        tally.add(report)
        cells = narrow_cells(row(report), pen)
        wide = [max(pair) for pair in zip(wide, (cell.cell_len for cell in cells), strict=True)]
    widths = column_widths(wide, pen.width)
    # Many have the same fault.
    wrapped = lru_cache(maxsize=1000)(
        lambda words, style: pen.wrap(pen.text(words, style, LONGEST_WORDS), widths[-1])
    )
    yield from in_columns([[pen.text(heading, "dim")] for heading in HEADINGS], widths)
    for report in reports:
        line = row(report)
        name, *cells = narrow_cells(line, pen)
        words = wrapped(line.words, "dim" if perfect(line) else "")
        yield from in_columns([pen.wrap(name, widths[0]), *([cell] for cell in cells), words], widths)
    yield Text()
    yield from class_summary(tally.statistics(), pen)


def narrow_cells(line: Row, pen: Pen) -> list[Text]:
    """The cells of a row but for the last."""
    score = "-" if line.status is Status.BROKEN else str(line.score)
    return [
        pen.text(who(line), longest=LONGEST_NAME),
        pen.text(line.status, STYLES[line.status]),
        pen.text(score, "bold green" if perfect(line) else "bold"),
    ]


def who(line: Row) -> str:
    """Whose work it is, and the name that it is filed under."""
    return with_id(whose(line.members, line.submission), line.submission)


def perfect(line: Row) -> bool:
    """Whether it has all the points."""
    return line.score == line.max_score and line.status is Status.GRADED


def column_widths(wide: Sequence[int], width: int) -> list[int]:
    """The widths of the columns, of which all but the last need `wide`. Long names get half of what there is."""
    name, *others = wide
    room = width - sum(others) - len(GAP) * len(wide)
    name = min(name, max(room // 2, 1))
    return [name, *others, max(room - name, 1)]


def in_columns(cells: Sequence[Sequence[Text]], widths: Sequence[int]) -> Iterator[Text]:
    """The lines of a row, whose cells have one line or more."""
    for parts in zip_longest(*cells, fillvalue=Text()):
        pieces: list[str | Text] = []
        for column, (part, width) in enumerate(zip(parts, widths, strict=True)):
            blank = " " * (width - part.cell_len)
            pieces += (blank, part, GAP) if column == RIGHT else (part, blank, GAP)
        yield Text.assemble(*pieces)


def glimpse(reports: Collection[Report], pen: Pen) -> Iterator[Text]:
    """A class on a screen: its table if that is short, and what they have in common."""
    yield from class_listing(reports, pen) if len(reports) <= FEW else class_summary(statistics(reports), pen)


def class_summary(found: Statistics, pen: Pen) -> Iterator[Text]:
    """The summary of a class, in a few lines."""
    yield pen.text(class_facts(found), "bold")
    if found.unboxed:
        yield pen.text(f"{found.unboxed} without the sandbox: their scores are unofficial", "bold")
    for label, words in in_common(found):
        yield from pen.hang(pen.text(label), LABEL, [pen.text(words)])


def in_common(found: Statistics) -> Iterator[tuple[str, str]]:
    """What the submissions have in common: a label, and words."""
    if found.graded:
        yield "scores", f"{sparkline(found.bins)}  from 0 to 100 % of the points, in tens"
    if found.hardest:
        yield "hardest", f"{found.hardest.title} ({rate(found.hardest)} of those that tried it pass)"
    if found.faults:
        fault = found.faults[0]
        yield "most frequent fault", f"{fault.name} ({percent(fault.share)})"


def sparkline(bins: Sequence[Bin]) -> str:
    """The distribution in one line: a bar for each bin, the lowest only where there is nobody."""
    return "".join(BARS[ceil(bin.part * (len(BARS) - 1))] for bin in bins)


def class_facts(found: Statistics) -> str:
    """The summary of a class, in one line."""
    facts = [
        counted(found.submissions, "submission"),
        f"mean {float(found.mean):.1f}" if found.mean is not None else "",
        f"{found.not_gradable} not gradable",
        f"{found.broken} broken",
    ]
    return " · ".join(filter(None, facts))


def results_listing(out: Path, pen: Pen) -> Iterator[RenderableType]:
    """Where the results of a class are."""
    yield Text()
    results = {
        "the class": "class.txt, class.json",
        "each of them": "reports/*.html, *.txt, *.json",
        "to look at": "index.html",
    }
    for label, names in results.items():
        yield pen.whole(f"{label:14}", f"{out}/{names}")


def statistics_listing(found: Statistics, pen: Pen) -> Iterator[RenderableType]:
    """A row per check, the hardest first, and what the columns mean."""
    short = found.step.partition("_")[0]
    yield Text.assemble(pen.text(short, "bold cyan"), pen.text(f" · {found.title}", "bold"))
    yield pen.text(class_facts(found), "dim")
    yield Text()
    table = grid(pen, "", "check", ">pass", ">fail", ">blocked", ">rate", ">discrimination", ">first")
    for check in found.ranked:
        table.add_row(*check_cells(check, pen))
    yield table
    yield Text()
    yield from to_look_at(found, pen)
    for label, words in LEGEND.items():
        yield from pen.hang(pen.text(label, "dim"), 16, [pen.text(words, "dim")])


def check_cells(check: Figures, pen: Pen) -> Iterator[Text]:
    """The cells of one check. A nought says nothing, and is left out."""
    yield pen.text("!" if check.remark else "", "bold yellow")
    yield pen.text(check.id, "bold")
    for number in (check.passed, check.failed, check.blocked):
        yield pen.text(str(number or ""))
    yield pen.text(rate(check))
    yield pen.text(correlation(check.discrimination), "bold red" if below_zero(check) else "")
    yield pen.text(str(check.first or ""))


def to_look_at(found: Statistics, pen: Pen) -> Iterator[Text]:
    """The checks with a remark, by what it is."""
    for remark in dict.fromkeys(check.remark for check in found.ranked if check.remark):
        ids = ", ".join(check.id for check in found.ranked if check.remark == remark)
        words = Text.assemble(pen.text(f"{remark}: ", "bold"), pen.text(ids))
        yield from pen.hang(pen.text("!", "bold yellow"), 2, [words])
    if any(check.remark for check in found.checks):
        yield Text()


def rate(check: Figures) -> str:
    """How many pass, in percent; a dash where nobody tried."""
    return "-" if check.rate is None else percent(check.rate)


def below_zero(check: Figures) -> bool:
    """Whether those who pass it do worse on the rest."""
    return (check.discrimination or 0) < 0


def correlation(found: float | None) -> str:
    """0.31, -0.08; a dash where there is none."""
    return "-" if found is None else f"{found:.2f}"
