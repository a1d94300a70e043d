"""A class, graded: which files are written, what they hold, and what happens where they cannot be written."""

import errno
import json as plain_json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest

from grader import batch
from grader.batch import CLASS_PAGES, CannotWrite, Plan, Watcher, grade, write
from grader.engine import here
from grader.intake import open_class
from grader.outcome import Refusal, Report, Status
from grader.report import json
from tests.grading import CAPITALS, CRASHES, STEP, hand_in, reports_in, verdict_of

ORDINARY = 61001  # an id that no account has
OUT = ["class.json", "class.txt", "gradebook.lock", "gradebook.sqlite", "index.html", "reports"]


def plan(source: Path, out: Path, workers: int = 2) -> Plan:
    return Plan(step=STEP, source=source, out=out, engine=here(STEP, workers), kind="box", seed=1)


def graded(
    source: Path, out: Path, done: Callable[[Report], None] = lambda report: None, workers: int = 2
) -> list[Report]:
    """The class in `source`, graded as the command does it."""
    return list(grade(plan(source, out, workers), open_class(source, STEP).handed, Watcher(done=done)))


def empty_class(folder: Path, size: int) -> Path:
    """A class of empty folders: nothing in it is judged."""
    for number in range(size):
        (folder / f"student{number:02}").mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of each kind."""
    folder = tmp_path_factory.mktemp("class")
    hand_in(folder / "right")
    hand_in(folder / "capitals", CAPITALS)
    hand_in(folder / "crashes", CRASHES)
    hand_in(folder / "elsewhere" / "inner").rename(folder / "elsewhere" / "server")
    (folder / "link").symlink_to(folder / "right")
    (folder / "notes.txt").write_text("not a submission")
    return folder


@pytest.fixture(scope="module")
def out(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the small class."""
    folder = tmp_path_factory.mktemp("results") / "of" / "today"
    graded(small, folder, workers=3)
    return folder


def test_every_submission_has_its_three_files_and_the_class_too(out: Path) -> None:
    names = ("capitals", "crashes", "elsewhere", "link", "right")
    assert sorted(path.name for path in (out / "reports").iterdir()) == [
        f"{name}.{kind}" for name in names for kind in ("html", "json", "txt")
    ]
    assert sorted(path.name for path in out.iterdir()) == sorted([*OUT, "originals"])


def test_what_they_got(out: Path) -> None:
    link = "the submission is a symbolic link: hand in the folder itself"
    assert {
        name: (report.status, report.score, report.reason) for name, report in reports_in(out).items()
    } == {
        "capitals": (Status.GRADED, 10, ""),
        "crashes": (Status.GRADED, 10, ""),
        "elsewhere": (Status.NOT_GRADABLE, 0, "server.py is missing (found: server/server.py)"),
        "link": (Status.NOT_GRADABLE, 0, link),
        "right": (Status.GRADED, 100, ""),
    }


def test_the_class_is_in_order_and_agrees_with_the_reports(out: Path) -> None:
    rows = plain_json.loads((out / "class.json").read_bytes())["submissions"]
    scores = [(name, report.score) for name, report in sorted(reports_in(out).items())]
    assert [(row["submission"], row["score"]) for row in rows] == scores
    first_words = [line.split()[0] for line in (out / "class.txt").read_text("utf-8").splitlines() if line]
    assert [word for word in first_words if word in dict(scores)] == [name for name, _ in scores]


def test_the_number_of_workers_changes_nothing(small: Path, out: Path, tmp_path: Path) -> None:
    done: list[str] = []
    alone = graded(small, tmp_path, lambda report: done.append(report.submission), workers=1)
    assert {report.submission: verdict_of(report) for report in alone} == {
        name: verdict_of(report) for name, report in reports_in(out).items()
    }
    assert sorted(done) == [report.submission for report in alone]


def test_a_report_in_memory_is_the_one_on_disk_without_its_transcripts(tmp_path: Path) -> None:
    hand_in(tmp_path / "class" / "ada", CRASHES)
    [kept] = graded(tmp_path / "class", tmp_path / "out")
    written = reports_in(tmp_path / "out")["ada"]
    assert any(result.transcript for result in written.results)
    assert not any(result.transcript for result in kept.results)
    assert verdict_of(kept) == verdict_of(written)


ODD = (
    "a b",
    "o'hara",
    'say "hi"',
    "zoë \N{SNAKE}",
    "two\nlines: graded 100",
    "\x1b[31mred",
    "\N{RIGHT-TO-LEFT OVERRIDE}live",
    "-rf",
    "=1+1",
    "<b>",
    "class",
    "ada.json",
    os.fsdecode(b"\xff\xfe"),
    r"\udcff\udcfe",
    "x" * 255,
    "y" + os.fsdecode(b"\x80") * 254,
    "y" + os.fsdecode(b"\x81") * 254,
    "\N{SNAKE}" * 63,
)


def test_any_folder_is_a_name(tmp_path: Path) -> None:
    for name in ODD:
        (tmp_path / "class" / name).mkdir(parents=True)
    reports = graded(tmp_path / "class", tmp_path / "out")
    assert len({report.submission for report in reports}) == len(ODD), "two of them share a name"
    assert all(report.submission.isprintable() for report in reports)
    assert set(reports_in(tmp_path / "out")) == {report.submission for report in reports}
    assert len(list((tmp_path / "out" / "reports").iterdir())) == 3 * len(ODD)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == OUT
    assert "zoë \N{SNAKE}" in {report.submission for report in reports}, "what can be shown is shown as it is"


def test_submissions_are_read_when_their_turn_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, read, seen = empty_class(tmp_path / "class", 60), [], []
    real = batch.read
    monkeypatch.setattr(
        batch, "read", lambda one, step, keep: read.append(one.identity) or real(one, step, keep)
    )
    reports = graded(source, tmp_path / "out", lambda report: seen.append(len(read)))
    assert seen == list(range(1, 61)), "read ahead of the reports"
    assert {report.status for report in reports} == {Status.NOT_GRADABLE}


def test_submissions_are_read_when_a_worker_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        hand_in(tmp_path / "class" / f"student{number}", b"raise SystemExit\n")
    read, seen = [], []
    real = batch.read
    monkeypatch.setattr(
        batch, "read", lambda one, step, keep: read.append(one.identity) or real(one, step, keep)
    )
    graded(tmp_path / "class", tmp_path / "out", lambda report: seen.append(len(read)), workers=2)
    assert len(seen) == 6
    assert all(ahead - done <= 2 for done, ahead in enumerate(seen)), "more are read than there are workers"


@pytest.mark.parametrize("good", [0, 1, 3, 4, 5])
def test_a_full_disk_is_one_sentence_and_leaves_whole_files(
    good: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk takes `good` files and half of the next: three submissions make nine, and the class three."""
    source, real, written = empty_class(tmp_path / "class", 3), Path.write_bytes, []

    def write_bytes(path: Path, data: bytes) -> int:
        if len(written) == good:
            real(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(path)
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(CannotWrite) as caught:
        graded(source, tmp_path / "out")
    assert (
        str(caught.value)
        == f"Cannot write the results to {tmp_path / 'out' / 'reports'}: no space left on device."
    )
    left = sorted(path.name for path in (tmp_path / "out" / "reports").iterdir())
    wanted = [f"student{n:02}.{kind}" for n in range(3) for kind in ("json", "txt", "html")]
    assert left == sorted(wanted[:good])
    for report in (tmp_path / "out" / "reports").glob("*.json"):
        assert json.loads(report.read_bytes()).status is Status.NOT_GRADABLE


def test_a_full_disk_does_not_spoil_what_an_earlier_run_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = empty_class(tmp_path / "class", 1)
    graded(source, tmp_path / "out")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}

    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(Path, "write_bytes", Mock(side_effect=full))
    with pytest.raises(CannotWrite):
        graded(source, tmp_path / "out")
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Nobody whom permissions do not bind, for as long as it takes."""
    if os.geteuid() != 0:
        yield
        return
    assert threading.active_count() == 1
    os.seteuid(ORDINARY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("where", ["file", "file/deeper"])
def test_a_file_in_the_way_is_one_sentence(where: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotWrite) as caught:
        graded(empty_class(tmp_path / "class", 1), tmp_path / where)
    assert str(caught.value).startswith(f"Cannot write the results to {tmp_path / where}")
    assert len(str(caught.value).splitlines()) == 1
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.parametrize("where", [".", "out"])
def test_a_folder_of_somebody_else_is_one_sentence(where: str, tmp_path: Path) -> None:
    handed = open_class(empty_class(tmp_path / "class", 1), STEP).handed
    (tmp_path / "locked").mkdir(mode=0o555)
    out = tmp_path / "locked" / where
    with pytest.raises(CannotWrite) as caught, ordinary_user():
        grade(plan(tmp_path / "class", out), handed, Watcher())
    assert str(caught.value) == f"Cannot write the results to {out / 'reports'}: permission denied."
    assert not list((tmp_path / "locked").iterdir())


@pytest.mark.parametrize("name", CLASS_PAGES)
def test_a_page_that_is_not_ours_is_never_replaced(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("a page of somebody's own")
    handed = open_class(empty_class(tmp_path / "class", 1), STEP).handed
    with pytest.raises(Refusal) as caught:
        grade(plan(tmp_path / "class", out), handed, Watcher())
    told = f"{out / name} would be lost, and is of no class that was graded here: choose another --out."
    assert str(caught.value) == told
    assert [path.name for path in out.iterdir()] == [name]
    (out / name).rename(out / "mine.html")
    grade(plan(tmp_path / "class", out), handed, Watcher())
    grade(plan(tmp_path / "class", out), handed, Watcher())
    assert (out / "mine.html").read_text() == "a page of somebody's own"


def test_nothing_is_judged_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    seen: list[Report] = []
    with pytest.raises(CannotWrite):
        graded(empty_class(tmp_path / "class", 2), tmp_path / "file", seen.append)
    assert not seen


def test_a_page_that_is_not_finished_leaves_the_one_before(tmp_path: Path) -> None:
    """It is written while it is made: who makes it may fail in the middle."""

    def pieces() -> Iterator[bytes]:
        yield b"the beginning"
        raise Refusal("the gradebook cannot be read")

    write(tmp_path, {"index.html": iter([b"the ", b"whole"])})
    with pytest.raises(Refusal, match="cannot be read"):
        write(tmp_path, {"index.html": pieces()})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"index.html": b"the whole"}
