"""From an export to results: a Canvas download is graded as it is, originals are kept, a dry run does nothing."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from grader.batch import Plan, Watcher, grade
from grader.cli import main
from grader.engine import here
from grader.intake import open_class, original
from grader.outcome import Report, Status
from grader.steps import find
from grader.world import Kind
from tests import exports
from tests.exports import lay, zip_of
from tests.grading import CAPITALS, RIGHT, reports_in

STEP = find("hw01")


def graded(source: Path, out: Path, kind: Kind = "box") -> list[str]:
    """The class in `source`, graded into `out`. Returns whom it judged."""
    judged: list[str] = []
    with open_class(source, STEP) as found:
        plan = Plan(step=STEP, source=source, out=out, engine=here(STEP, 2), kind=kind, seed=1)
        grade(plan, found.handed, Watcher(done=lambda report: judged.append(report.submission)))
    return sorted(judged)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("class") / "submissions.zip"
    path.write_bytes(zip_of(exports.canvas()))
    return path


@pytest.fixture(scope="module")
def out(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the Canvas class."""
    out = tmp_path_factory.mktemp("out")
    assert graded(source, out) == [str(id) for id in range(3143, 3151)]
    return out


@pytest.fixture(scope="module")
def reports(out: Path) -> dict[str, Report]:
    return reports_in(out)


def test_every_student_has_a_report_under_the_id_of_the_lms(reports: dict[str, Report]) -> None:
    assert {id: report.score for id, report in reports.items() if report.status is Status.GRADED} == {
        "3143": 100,
        "3144": 10,
        "3145": 100,
        "3146": 100,
    }
    assert len(reports) == 8


def test_a_report_says_how_it_came(reports: dict[str, Report]) -> None:
    name = sha256(exports.canvas()["משהכהן_LATE_3146_207802_hw01-2.zip"]).hexdigest()
    assert reports["3146"].notes == (
        "handed in by משהכהן, late, attempt 3",
        f"what was handed in is kept as originals/{name}",
        "hw01.zip was unpacked",
    )


def test_the_originals_are_kept_byte_for_byte(out: Path) -> None:
    kept = {path.name: path.read_bytes() for path in (out / "originals").iterdir()}
    assert all(sha256(content).hexdigest() == name for name, content in kept.items())
    files = exports.canvas()
    alone = (
        "lovelaceada_3143_207797_server.py",
        "oharascarlettkate_LATE_3144_207798_server.py",
        "משהכהן_LATE_3146_207802_hw01-2.zip",
        "hopper_3150_207807_work.zip",
    )
    assert {files[name] for name in alone} <= set(kept.values())
    assert len(kept) == len(alone) + 2, "two students handed in several files"


def test_the_same_command_again_judges_nothing(source: Path, out: Path) -> None:
    assert graded(source, out) == []


def test_a_resubmission_is_judged(source: Path, out: Path, tmp_path: Path) -> None:
    files = {**exports.canvas(), "oharascarlettkate_LATE_3144_207999_server-1.py": RIGHT}
    (tmp_path / "newer.zip").write_bytes(zip_of(files))
    assert graded(tmp_path / "newer.zip", out) == ["3144"]
    assert reports_in(out)["3144"].score == 100
    assert graded(source, out) == ["3144"], "and so is the older one, where it is asked for"


def test_several_files_are_kept_as_a_zip_that_is_always_the_same() -> None:
    files = {"server.py": RIGHT, "notes.txt": b"", "a/é.py": b"\xff"}
    name, content = original(files)
    assert original(dict(reversed(files.items()))) == (name, content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {path: archive.read(path) for path in archive.namelist()} == files
    assert original({**files, "notes.txt": b"x"})[0] != name
    assert original({"x": RIGHT}) == (sha256(RIGHT).hexdigest(), RIGHT)


def test_without_a_sandbox_only_what_lies_in_a_folder_is_run(tmp_path: Path) -> None:
    """Nothing is ever run where the grader itself happens to stand."""
    source = lay(tmp_path / "class", {"ada/server.py": RIGHT, "eve.zip": zip_of({"server.py": CAPITALS})})
    graded(source, tmp_path / "out", kind="plain")
    reports = reports_in(tmp_path / "out")
    assert (reports["ada"].score, reports["eve"].score) == (100, 0)
    assert reports["eve"].reason.startswith("only the sandbox can run it")


def test_a_packed_class_needs_the_sandbox(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", "hw01", str(source), "--out", str(source / "none"), "--sandbox", "none"]) == 2
    assert "these lie packed in" in capsys.readouterr().err


def test_a_dry_run_shows_all_and_does_nothing(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    roster = tmp_path / "roster.csv"
    roster.write_text("ID,Student\n3143,Ada Lovelace\n9,Nobody\n")
    assert main(["grade", "hw01", str(source), "--dry-run", "--roster", str(roster)]) == 1
    shown = capsys.readouterr().out
    for words in (
        "a Canvas download",
        "Nobody (9)",
        "Ada Lovelace (3143)",
        "late, attempt 3",
        "not in the roster",
        "8 submissions · 3 not gradable · 2 late · 1 handed in nothing",
        "nothing was judged, nothing was written",
    ):
        assert words in shown, shown
    assert [path.name for path in tmp_path.iterdir()] == ["roster.csv"]
    command = ["grade", "hw01", str(source), "--roster", str(roster), "--out", "results", "--dry-run"]
    assert main(command) == 1
    assert capsys.readouterr().out == shown, "added to the whole command it does the same"
    assert [path.name for path in tmp_path.iterdir()] == ["roster.csv"]


def test_what_there_is_to_look_at_is_said_before_anything_is_judged(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", "hw01", str(source), "--out", str(tmp_path / "out"), "--sandbox", "box"]) == 1
    assert "look at:     cmdccalca0 (3145): an older server.py is left out" in capsys.readouterr().out


def test_a_dry_run_of_a_class_without_trouble_succeeds(tmp_path: Path) -> None:
    source = lay(tmp_path / "class", exports.loose_files())
    assert main(["grade", "hw01", str(source), "--dry-run"]) == 0
