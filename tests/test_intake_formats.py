"""The formats: each is detected as it is, whatever it is wrapped in, and says whose every submission is."""

import errno
import random
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

from grader.intake import Class, NoSubmissions, archives, open_class, read
from grader.intake.bounds import MOST_RATIO
from grader.outcome import Refusal, Submission
from grader.steps import find
from tests import exports
from tests.exports import Files, lay, tar_of, zip_of
from tests.grading import CAPITALS, RIGHT

STEP = find("hw01")

FOLDERS, FILES = "one folder per student", "one file per student"
CANVAS, MOODLE = "a Canvas download", "a Moodle download"
GRADESCOPE, GITHUB = "a Gradescope export", "GitHub Classroom clones"

MISSING = "server.py is missing (the folder is empty)"
TYPED = "it was typed into the LMS as text: hand in the file"
DAMAGED = "work.zip cannot be opened: it is damaged, or no archive (zip, tar, tar.gz, tar.bz2, tar.xz)"

# The export, its format, and who is in it: what is wrong with the submission, or its program.
EXPORTS: tuple[tuple[Callable[[], Files], str, dict[str, bytes | str]], ...] = (
    (
        exports.canvas,
        CANVAS,
        {
            "3143": RIGHT,
            "3144": CAPITALS,
            "3145": RIGHT,
            "3146": RIGHT,
            "3147": TYPED,
            "3148": "an address was handed in: hand in the file itself",
            "3149": b"from echoing import echo\n",
            "3150": DAMAGED,
        },
    ),
    (exports.canvas_groups, CANVAS, {"3143": RIGHT, "3149": CAPITALS}),
    (exports.canvas_anonymous, CANVAS, {"x7Kp2": RIGHT, "Qm3Zz": CAPITALS, "Aa1Bb": TYPED}),
    (
        exports.moodle,
        MOODLE,
        {
            **{str(id): RIGHT for id in (3143, 3144, 3146, 3147, 3148)},
            "7": "server.py is missing (found: src/server.py)",
            "8": TYPED,
        },
    ),
    (exports.moodle_flat, MOODLE, {"11": RIGHT, "12": CAPITALS, "13": TYPED}),
    (exports.moodle_teams, MOODLE, {"17": RIGHT, "Default group": CAPITALS}),
    (
        exports.gradescope,
        GRADESCOPE,
        {
            "007": RIGHT,
            "008+grace@example.org": CAPITALS,
            "nobody@example.org": "the export holds no files of it",
            "submission_90874": RIGHT,
        },
    ),
    (
        exports.github,
        GITHUB,
        {"ada-l": RIGHT, "ada-m": "server.py is missing (found: README.md)", "Grace": CAPITALS},
    ),
    (exports.folders, FOLDERS, {"ada": RIGHT, "René": RIGHT, "empty": MISSING, "grace": CAPITALS}),
    (exports.loose_files, FILES, {"ada": RIGHT, "grace": CAPITALS, "alan": RIGHT}),
)
WRAPPED: dict[str, Callable[[Files], bytes]] = {
    "zip": zip_of,
    "tar": tar_of,
    "tar.gz": lambda files: tar_of(files, "gz"),
    "tar.bz2": lambda files: tar_of(files, "bz2"),
    "tar.xz": lambda files: tar_of(files, "xz"),
}


def wrap(files: Files, how: str, folder: Path) -> Path:
    """The export, as a folder or an archive."""
    if how == "folder":
        return lay(folder / "export", files)
    (folder / f"export.{how}").write_bytes(WRAPPED[how](files))
    return folder / f"export.{how}"


def submissions(found: Class) -> dict[str, Submission]:
    """Every submission, read."""
    return {one.identity: read(one, STEP) for one in found.handed}


def told(submission: Submission) -> bytes | str:
    """What is wrong with it, or its program."""
    return submission.reason or submission.files["server.py"]


@pytest.mark.parametrize("how", ["folder", *WRAPPED])
@pytest.mark.parametrize(
    ("export", "title", "people"), EXPORTS, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_format_is_found_and_read(
    export: Callable[[], Files], title: str, people: dict[str, bytes | str], how: str, tmp_path: Path
) -> None:
    with open_class(wrap(export(), how, tmp_path), STEP) as found:
        assert found.format == title
        assert {identity: told(one) for identity, one in submissions(found).items()} == people
        assert [one.identity for one in found.handed] == sorted(people)
        assert list(found.others) == (["notes.txt"] if export is exports.folders else [])
        assert all(one.label.isprintable() for one in found.handed)


@pytest.mark.parametrize("how", ["zip", "tar.gz"])
@pytest.mark.parametrize(
    ("export", "title", "people"), EXPORTS, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_folder_around_it_changes_nothing(
    export: Callable[[], Files], title: str, people: dict[str, bytes | str], how: str, tmp_path: Path
) -> None:
    around = {f"class/{path}": content for path, content in export().items()}
    if title in (GITHUB, GRADESCOPE):  # they bring their own
        around = dict(export())
    with open_class(wrap(around, how, tmp_path), STEP) as found:
        assert found.format == title
        assert {identity: told(one) for identity, one in submissions(found).items()} == people


def test_canvas_says_who_is_late_and_how_often(tmp_path: Path) -> None:
    with open_class(wrap(exports.canvas(), "zip", tmp_path), STEP) as found:
        by = {one.identity: one for one in found.handed}
        assert {identity for identity, one in by.items() if one.late} == {"3144", "3146"}
        assert {identity: one.attempt for identity, one in by.items() if one.attempt > 1} == {
            "3145": 2,
            "3146": 3,
        }
        assert by["3145"].remarks == ("an older server.py is left out",)
        assert by["3143"].label == "lovelaceada (3143)"
        read_all = submissions(found)
    assert set(read_all["3145"].files) == {"server.py", "notes.txt"}
    assert set(read_all["3149"].files) == {"server.py", "echoing.py"}
    assert read_all["3146"].notes == ("hw01.zip was unpacked",)


def test_canvas_has_names_that_can_be_read_in_two_ways(tmp_path: Path) -> None:
    files = {"eve_3143_77_901_server.py": CAPITALS, "ada_42_900_server.py": RIGHT}
    with open_class(wrap(files, "zip", tmp_path), STEP) as found:
        assert [one.remarks != () for one in found.handed] == [True, False]


@pytest.mark.parametrize(
    ("archives", "kept"),
    [
        ({"a_1_10_hw01.zip": RIGHT, "a_1_11_hw01-1.zip": CAPITALS}, CAPITALS),
        ({"a_1_11_hw01.zip": RIGHT, "a_1_10_hw01-1.zip": CAPITALS}, RIGHT),
        ({"a_1_10_hw01.zip": RIGHT, "a_1_11_new.zip": CAPITALS}, CAPITALS),
        ({"a_1_9_x.tar.gz": RIGHT, "a_1_10_x.tar-1.gz": CAPITALS}, CAPITALS),
    ],
)
def test_canvas_keeps_the_newest_archive(archives: dict[str, bytes], kept: bytes, tmp_path: Path) -> None:
    files = {
        name: (zip_of if name.endswith("zip") else WRAPPED["tar.gz"])({"server.py": content})
        for name, content in archives.items()
    }
    with open_class(wrap(files, "zip", tmp_path), STEP) as found:
        [one] = submissions(found).values()
    assert one.files == {"server.py": kept}


def test_gradescope_says_when_and_who(tmp_path: Path) -> None:
    with open_class(wrap(exports.gradescope(), "zip", tmp_path), STEP) as found:
        ada, team, nobody, forgotten = found.handed
    assert (ada.name, ada.when) == ("Ada Lovelace", "2026-03-01T23:59:58+01:00")
    assert [member.id for member in team.members] == ["grace@example.org", "008"]
    assert team.name == 'Hopper, "Amazing" Grace \\u202e; =1+1'
    assert (team.when, nobody.when) == ("2026-03-01T22:59:58+00:00",) * 2
    assert forgotten.remarks == ("submission_metadata.yml does not name it",)


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [
        ("", "it is no list of submissions"),
        ("- a\n- b\n", "it is no list of submissions"),
        ("a: {}\na: {}\n", "a is there twice"),
        ("a: [\n", "while parsing"),
        ("a: \x01\n", "control characters"),
        ("a: " + "[" * 60 + "]" * 60, "nested more than 50 deep"),
    ],
)
def test_metadata_that_cannot_be_read_are_one_sentence(metadata: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=sentence) as caught:
        open_class(wrap(exports.gradescope(metadata), "zip", tmp_path), STEP)
    assert len(str(caught.value).splitlines()) == 1


COLLISIONS: tuple[tuple[Files, str], ...] = (
    ({"ada/server.py": b"", "ada.zip": b""}, "claim to be ada"),
    ({"ada/server.py": b"", "Ada/server.py": b""}, "claim to be ada"),
    ({"Zo\u00eb.py": b"", "Zoe\u0308.tar": b""}, "claim to be zoë"),
    (
        {"ada_12_1_server.py": b"", "eve_12_2_server.py": b""},
        "Two names have the same Canvas id 12, ada and eve",
    ),
    (
        {"Ada_12_assignsubmission_file_x.py": b"", "Eve_12_assignsubmission_file_x.py": b""},
        "Two names have the same Moodle id 12, Ada and Eve",
    ),
    (exports.gradescope(exports.METADATA), "claim to be grace@example.org"),
)


@pytest.mark.parametrize(("files", "sentence"), COLLISIONS, ids=[sentence for _, sentence in COLLISIONS])
def test_two_of_one_identity_are_an_error(files: Files, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=sentence) as caught:
        open_class(wrap(files, "zip", tmp_path), STEP)
    assert len(str(caught.value).splitlines()) == 1


NO_CLASS: tuple[tuple[Files, str], ...] = (
    ({"server.py": RIGHT}, "This is one submission, not a class: it holds server.py itself"),
    ({"notes.txt": b""}, "one folder per student, or one server.py each, called after the student"),
    ({".git/config": b""}, "No submissions in"),
)


@pytest.mark.parametrize("how", ["folder", "zip"])
@pytest.mark.parametrize(("files", "sentence"), NO_CLASS, ids=[sentence for _, sentence in NO_CLASS])
def test_what_is_no_class_is_refused(files: Files, sentence: str, how: str, tmp_path: Path) -> None:
    with pytest.raises(NoSubmissions, match=sentence):
        open_class(wrap(files, how, tmp_path), STEP)


def test_a_step_of_several_files_needs_folders(tmp_path: Path) -> None:
    several = find("hw05")
    assert len(several.files) > 1
    with pytest.raises(NoSubmissions, match=r"one folder per student\.$"):
        open_class(wrap({"ada.py": RIGHT}, "zip", tmp_path), several)


def test_a_class_may_be_a_thousand_times_the_same(tmp_path: Path) -> None:
    """Which compresses far better than any one submission may."""
    files = {f"student{number}/server.py": RIGHT for number in range(1000)}
    path = wrap(files, "tar.xz", tmp_path)
    assert len(tar_of(files)) > MOST_RATIO * path.stat().st_size
    with open_class(path, STEP) as found:
        assert len(found.handed) == 1000


def test_an_archive_of_one_student_is_a_class_of_one(tmp_path: Path) -> None:
    with open_class(wrap({"ada/server.py": RIGHT}, "zip", tmp_path), STEP) as found:
        assert [one.identity for one in found.handed] == ["ada"]


def test_an_archive_of_a_class_that_is_damaged_is_one_sentence(tmp_path: Path) -> None:
    whole = zip_of(exports.folders())
    (tmp_path / "class.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NoSubmissions, match=r"class\.zip cannot be opened: it is damaged"):
        open_class(tmp_path / "class.zip", STEP)


def test_an_identity_never_leads_to_another_folder(tmp_path: Path) -> None:
    """It names the files of a report, and a student's number may be any text."""
    metadata = exports.METADATA.replace("'007'", "../../007").replace("*1", "x")
    with open_class(wrap(exports.gradescope(metadata), "zip", tmp_path), STEP) as found:
        assert found.handed[0].identity == "..\\x2f..\\x2f007"
        assert not any("/" in one.identity for one in found.handed)


def test_a_disk_that_fails_is_one_sentence_and_costs_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(archives, "TemporaryFile", Mock(side_effect=full))
    with pytest.raises(NoSubmissions, match=r"Cannot read the submissions in .*: no space left on device\.$"):
        open_class(wrap(exports.canvas(), "tar.gz", tmp_path), STEP)
    files = {"ada_1_2_hw.tgz": tar_of({"server.py": RIGHT}, "gz")}
    with open_class(wrap(files, "zip", tmp_path), STEP) as found, pytest.raises(OSError, match="No space"):
        submissions(found)


def test_what_leads_out_of_a_class_is_passed_over(tmp_path: Path) -> None:
    files = {"ada/server.py": RIGHT, "../eve/server.py": CAPITALS, "/etc/server.py": CAPITALS}
    with open_class(wrap(files, "zip", tmp_path), STEP) as found:
        assert [one.identity for one in found.handed] == ["ada"]
        assert found.others == ("../eve/server.py", "/etc/server.py")


@pytest.mark.parametrize("how", ["zip", "tar", "tar.gz"])
def test_a_bent_export_is_a_sentence_or_a_class(how: str, tmp_path: Path) -> None:
    """Never an error of another kind, and never a submission that cannot be told what is wrong with it."""
    whole, chance = WRAPPED[how](exports.canvas()), random.Random(how)
    path = tmp_path / f"class.{how}"
    for _ in range(100):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        try:
            with open_class(path, STEP) as found:
                assert all(one.reason or one.files for one in submissions(found).values())
        except Refusal as error:
            assert len(str(error).splitlines()) == 1
