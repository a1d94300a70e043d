"""A class while it is judged: a bar on a terminal, a line per submission anywhere else."""

from types import TracebackType
from typing import Self

from rich import progress
from rich.console import Console
from rich.text import Text

from grader.outcome import Report, Status
from grader.report.pen import Pen, counted
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
        self._bar = progress.Progress(
            progress.BarColumn(bar_width=None),
            progress.MofNCompleteColumn(),
            Rate(),
            progress.TimeRemainingColumn(),
            progress.TextColumn("left"),
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
        if self._done < self._total:
            self._print(f"stopped after {self._done} of {counted(self._total, 'submission')}")

    def done(self, report: Report) -> None:
        """One more submission has its report."""
        self._done += 1
        found = row(report)
        if not self._console.is_terminal:
            score = "-" if found.status is Status.BROKEN else found.score
            self._print(
                f"{self._done}/{self._total}  {found.submission}  {found.status}  {score}  {found.words}"
            )
        elif found.status is not Status.GRADED:
            self._print(f"{found.status}  {found.submission}  {found.words}", STYLES[found.status])
        self._bar.update(self._task, completed=self._done, refresh=True)

    def _print(self, line: str, style: str = "") -> None:
        text = self._pen.text(line.replace("\n", " "), style)
        self._console.print(text, soft_wrap=not self._console.is_terminal, highlight=False)
