"""A class while it is judged: on a terminal a bar and whose programs run, anywhere else a line per submission."""

from types import TracebackType
from typing import Self

from rich import progress
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from grader.outcome import Report, Status
from grader.report.classroom import who
from grader.report.pen import Pen, counted, grouped
from grader.report.summary import row
from grader.report.tables import STYLES


class Rate(progress.ProgressColumn):
    """Submissions per second."""

    def render(self, task: progress.Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "")


class Progress:
    """Shows reports as they come. It draws when it is told of one and has no thread: its process may fork."""

    def __init__(self, total: int, console: Console) -> None:
        """For `total` submissions."""
        self._console = console
        self._pen = Pen.of(console, console.options)
        self._total = total
        self._done = 0
        self._running: dict[str, None] = {}  # by name, the longest at it first
        self._bar = progress.Progress(
            progress.BarColumn(bar_width=None),
            progress.MofNCompleteColumn(),
            Rate(),
            progress.TimeRemainingColumn(),
            progress.TextColumn("left"),
            console=console,
        )
        self._task = self._bar.add_task("", total=total)
        self._live = Live(
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            get_renderable=self._picture,
        )

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._console.is_terminal:
            self._live.stop()
        if self._done < self._total and (self._done or self._running):  # else it never began
            self._print(
                f"stopped after {self._done} of {counted(self._total, 'submission')}: "
                "the same command goes on from there"
            )

    def before(self, number: int) -> None:
        """So many submissions have their reports from an earlier run."""
        self._done = number
        self._bar.reset(self._task, completed=number)
        if number:
            self._print(
                f"{grouped(number)} of {counted(self._total, 'submission')} {were(number)} done before"
            )

    def began(self, name: str) -> None:
        """One more submission is being judged."""
        self._running[name] = None
        self._refresh()

    def done(self, report: Report) -> None:
        """One more submission has its report."""
        self._done += 1
        self._running.pop(report.submission, None)
        found = row(report)
        if not self._console.is_terminal:
            score = "-" if found.status is Status.BROKEN else found.score
            self._print(f"{self._done}/{self._total}  {who(found)}  {found.status}  {score}  {found.words}")
        elif found.status is not Status.GRADED:
            self._print(f"{found.status}  {who(found)}  {found.words}", STYLES[found.status])
        self._bar.update(self._task, completed=self._done)
        self._refresh()

    def said(self, sentence: str) -> None:
        """What judges has something to say of itself."""
        self._print(sentence, "dim")
        self._refresh()

    def _picture(self) -> RenderableType:
        """The bar, and whose programs run: one line, cut where the terminal ends."""
        running = ", ".join(self._running).replace("\n", " ")
        names = self._pen.text(f"judging {running}" if running else "", "dim")
        names.truncate(self._console.width, overflow="ellipsis")
        return Group(self._bar.get_renderable(), names)

    def _refresh(self) -> None:
        if self._console.is_terminal:
            self._live.refresh()

    def _print(self, line: str, style: str = "") -> None:
        text = self._pen.text(line.replace("\n", " "), style)
        self._console.print(text, soft_wrap=not self._console.is_terminal, highlight=False)


def were(number: int) -> str:
    """was, were."""
    return "was" if number == 1 else "were"
