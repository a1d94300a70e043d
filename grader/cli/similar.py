"""`similar`: which submissions of a class have suspiciously much in common, as pages for a person to look at."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.common import PASSED, Commands, add_command, console
from grader.outcome import Refusal
from grader.steps import Step, find

if TYPE_CHECKING:
    from grader.report.similar import Similar
    from grader.similar import Program, Watcher

MOST = 500  # pairs that are shown: each has a page with two whole programs


def add(commands: Commands) -> None:
    """The command and its options."""
    similar = add_command(commands, "similar", "which submissions have suspiciously much in common")
    similar.set_defaults(command=similar_command)
    similar.add_argument("step", metavar="STEP", help="hw01, or hw01_echo")
    similar.add_argument(
        "sources",
        metavar="EXPORT",
        nargs="+",
        type=Path,
        help="the class, as `grade` takes it; then others that it is to be compared with too, such as last year's",
    )
    similar.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="where the pages go: a folder of their own"
    )
    similar.add_argument(
        "--roster", metavar="FILE.csv", type=Path, help="a table with the ids and the names of the students"
    )
    similar.add_argument(
        "--most", metavar="N", type=int, default=50, help="pairs that are shown (default: %(default)s)"
    )
    similar.add_argument(
        "--base",
        metavar="PATH",
        nargs="+",
        type=Path,
        default=[],
        help="programs, or folders with programs, that everybody was given besides what the course gives out",
    )


def similar_command(options: argparse.Namespace) -> int:
    """The pairs of a class that share most of their own code."""
    from grader.report.similar import Comparing, show_similar

    step = find(options.step)
    if not 1 <= options.most <= MOST:
        raise Refusal(f"--most must be from 1 to {MOST}.")
    check_own(options.out)
    screen = console()
    with Comparing(screen) as progress:
        found = compared(step, options, progress.advanced)
        write_pages(step, found, options.out, progress.advanced)
    show_similar(step, found, options.out, screen)
    return PASSED


def check_own(out: Path) -> None:
    """Raises Refusal where the pages would replace those of a class, or of somebody else."""
    from grader.gradebook import gradebook_in
    from grader.report.similar import CAUTION

    if gradebook_in(out):
        raise Refusal(
            f"{out} holds the results of a class, whose index.html would be lost: say --out {out}/similar."
        )
    page = out / "index.html"
    if page.is_file() and CAUTION not in page.read_text("utf-8", "replace"):
        raise Refusal(f"{page} would be lost, and tells of no similar submissions: choose another --out.")


def compared(step: Step, options: argparse.Namespace, watch: "Watcher") -> "Similar":
    """What the class has in common."""
    from grader.similar import find_similar, handout

    given = handout(step, options.base)
    programs = [program for source in options.sources for program in read_class(step, source, options)]
    return find_similar(programs, given, options.most, watch)


def read_class(step: Step, source: Path, options: argparse.Namespace) -> "list[Program]":
    """The programs of one export. Only the first is the class at hand, and only it has the roster's names."""
    from grader.intake import open_class, read_anyway
    from grader.similar import program

    here = source is options.sources[0]
    with open_class(source, step, options.roster if here else None) as found:
        return [
            program(one.label, read_anyway(one, step), step.files, "" if here else title_of(source))
            for one in found.handed
        ]


def title_of(source: Path) -> str:
    """What an earlier export is called on the pages."""
    from grader.outcome import printable

    return printable(source.resolve().name or str(source))


def write_pages(step: Step, found: "Similar", out: Path, watch: "Watcher") -> None:
    """The pages of what was found; those of an earlier run, of which there were more, go. Raises CannotWrite."""
    from grader.batch import write
    from grader.report.html.similar import pair_page, similar_page
    from grader.report.similar import page_of

    pages = [out / page_of(number) for number in range(1, len(found.pairs) + 1)]
    for number, (page, pair) in enumerate(zip(pages, found.pairs, strict=True), 1):
        write(page.parent, {page.name: pair_page(step, pair, number, len(pages)).encode()})
        watch("pages drawn", number, len(pages))
    write(out, {"index.html": similar_page(step, found).encode()})
    for page in (out / page_of(1)).parent.glob("[0-9]*.html"):
        if page not in pages:
            page.unlink()
