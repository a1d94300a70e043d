"""Intake: what is read, what is refused with a sentence, and where the bounds are, on both sides."""

import errno
import os
from pathlib import Path

import pytest

from grader.intake import NoSubmissions, read_class, read_folder
from grader.intake.folders import DEEPEST, MOST_BYTES, MOST_FILES
from grader.steps import find

STEP = find("hw01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission that can be judged."""
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "server.py").write_bytes(b"print()\n")
    return folder


def test_a_submission_is_its_bytes(folder: Path) -> None:
    (folder / "util").mkdir()
    (folder / "util" / "lines.py").write_bytes(b"\xff\x00\r\n")
    submission = read_folder(folder, STEP)
    assert (submission.name, submission.reason) == ("ada", "")
    assert submission.files == {"server.py": b"print()\n", "util/lines.py": b"\xff\x00\r\n"}


def test_litter_is_passed_over(folder: Path) -> None:
    for name in (".git", "__pycache__", "__MACOSX"):
        (folder / name).mkdir()
        (folder / name / "x.py").write_bytes(b"")
    (folder / ".DS_Store").write_bytes(b"")
    assert set(read_folder(folder, STEP).files) == {"server.py"}


def test_links_and_devices_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "link.py").symlink_to(tmp_path / "secret")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.py")
    assert set(read_folder(folder, STEP).files) == {"server.py"}


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ((), "server.py is missing (the folder is empty)"),
        (("Server.PY",), "server.py is missing (found: Server.PY)"),
        (("my_server.py",), "server.py is missing (found: my_server.py)"),
        (("hw1/server.py",), "server.py is missing (found: hw1/server.py)"),
        (("a.txt", "b.txt"), "server.py is missing (found: a.txt, b.txt)"),
    ],
)
def test_what_is_missing_is_named(tmp_path: Path, found: tuple[str, ...], reason: str) -> None:
    for name in found:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert read_folder(tmp_path, STEP).reason == reason


def test_a_link_in_place_of_the_program_is_refused(folder: Path) -> None:
    (folder / "server.py").rename(folder / "real.py")
    (folder / "server.py").symlink_to("real.py")
    assert read_folder(folder, STEP).reason == "server.py is a symbolic link: hand in the file itself"


def test_a_link_in_place_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "eve").symlink_to(folder)
    submission = read_folder(tmp_path / "eve", STEP)
    assert submission.reason == "the submission is a symbolic link: hand in the folder itself"
    assert submission.files == {}


def test_the_number_of_files_is_bounded(folder: Path) -> None:
    for number in range(MOST_FILES - 1):
        (folder / f"{number}.txt").write_bytes(b"")
    assert not read_folder(folder, STEP).reason
    (folder / "one_more.txt").write_bytes(b"")
    assert f"more than {MOST_FILES} files" in read_folder(folder, STEP).reason


def test_the_number_of_bytes_is_bounded(folder: Path) -> None:
    with (folder / "big").open("wb") as file:
        file.truncate(MOST_BYTES - len(b"print()\n"))
    assert not read_folder(folder, STEP).reason
    (folder / "zzz").write_bytes(b"x")
    assert "more than 4 MiB" in read_folder(folder, STEP).reason


def test_the_depth_is_bounded(folder: Path) -> None:
    deep = folder.joinpath(*["d"] * (DEEPEST - 1))
    deep.mkdir(parents=True)
    (deep / "x").write_bytes(b"")
    assert not read_folder(folder, STEP).reason
    (deep / "d").mkdir()
    assert f"more than {DEEPEST} deep" in read_folder(folder, STEP).reason


def test_a_name_that_is_no_text_becomes_printable(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9\x1b[31m")
    folder.mkdir()
    assert read_folder(folder, STEP).name == "caf\\udce9\\x1b[31m"


def test_a_class_is_a_folder_of_folders(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"")
    (tmp_path / ".git").mkdir()
    (tmp_path / "eve").symlink_to(folder)
    assert read_class(tmp_path) == ([folder, tmp_path / "eve"], ["notes.txt"])


def test_a_class_without_submissions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSubmissions, match="should hold one folder per student"):
        read_class(tmp_path)


def test_what_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the system's refusal is played."""
    system = os.open

    def refuse(path: str | Path, *arguments: int) -> int:
        if Path(path).name == "server.py":
            raise PermissionError(errno.EACCES, "Permission denied")
        return system(path, *arguments)

    monkeypatch.setattr(os, "open", refuse)
    assert read_folder(folder, STEP).reason == "server.py cannot be read: permission denied"


def test_a_folder_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: str | Path) -> object:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert read_folder(folder, STEP).reason == "the folder cannot be read: permission denied"
