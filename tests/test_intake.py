"""Intake: what is read, what is refused with a sentence, and where the bounds are, on both sides."""

import errno
import os
from pathlib import Path

import pytest

from grader.intake import read_folder
from grader.intake.bounds import DEEPEST, LONGEST_NAME, MOST_BYTES, MOST_FILE, MOST_FILES
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
    assert read_folder(folder, STEP).reason == "server.py is a link: hand in the file itself"


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
    left = MOST_BYTES - len(b"print()\n")
    for name, size in (("big", MOST_FILE), ("bigger", left - MOST_FILE)):
        with (folder / name).open("wb") as file:
            file.truncate(size)
    assert not read_folder(folder, STEP).reason
    (folder / "zzz").write_bytes(b"x")
    assert read_folder(folder, STEP).reason == "the files hold more than 4 MiB: hand in only what you wrote"


def test_the_bytes_of_one_file_are_bounded(folder: Path) -> None:
    with (folder / "big").open("wb") as file:
        file.truncate(MOST_FILE)
        assert not read_folder(folder, STEP).reason
        file.truncate(MOST_FILE + 1)
        assert read_folder(folder, STEP).reason == "big holds more than 2 MiB: hand in only what you wrote"


def test_the_length_of_a_name_is_bounded(folder: Path) -> None:
    """A byte that is no text becomes six that are: what a file system takes in a name is too long then."""
    escaped = LONGEST_NAME // 6
    (folder / os.fsdecode(b"\xff" * escaped)).write_bytes(b"")
    assert not read_folder(folder, STEP).reason
    (folder / os.fsdecode(b"\xff" * (escaped + 1))).write_bytes(b"")
    assert read_folder(folder, STEP).reason.startswith("the name \\udcff")
    assert read_folder(folder, STEP).reason.endswith("is too long")


def test_names_are_spelled_as_python_looks_for_them(folder: Path) -> None:
    """macOS takes letters and accents apart."""
    (folder / "cafe\N{COMBINING ACUTE ACCENT}.py").write_bytes(b"")
    assert "caf\N{LATIN SMALL LETTER E WITH ACUTE}.py" in read_folder(folder, STEP).files
    (folder / "caf\N{LATIN SMALL LETTER E WITH ACUTE}.py").write_bytes(b"")
    assert read_folder(folder, STEP).reason == "café.py is there twice: nobody could say which one counts"


def test_a_file_and_a_folder_of_one_spelling_are_refused(folder: Path) -> None:
    (folder / "\u00e9").mkdir()
    (folder / "\u00e9" / "x").write_bytes(b"")
    (folder / "e\u0301").write_bytes(b"")
    assert read_folder(folder, STEP).reason == "é is both a file and a folder"


def test_names_of_other_systems_are_taken_as_they_are(folder: Path) -> None:
    """A program runs in a box of Linux: there they are names like any other. What collides elsewhere is remarked."""
    for name in ("CON", "aux.py", "dot.", "blank ", "a:b", "Server.py"):
        (folder / name).write_bytes(b"")
    submission = read_folder(folder, STEP)
    assert set(submission.files) == {"server.py", "CON", "aux.py", "dot.", "blank ", "a:b", "Server.py"}
    assert submission.notes == (
        "Server.py and server.py differ only in case: on Windows and macOS one replaces the other",
    )


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
