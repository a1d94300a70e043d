"""Archives that were handed in: what is opened, what is refused, and that nothing in one can cost more than itself."""

import bz2
import gzip
import io
import lzma
import random
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.intake import archives, open_class, read
from grader.intake.archives import Bounds, open_archive
from grader.intake.bounds import (
    DEEPEST,
    FREE_BYTES,
    MOST_ARCHIVE,
    MOST_BYTES,
    MOST_ENTRIES,
    MOST_FILE,
    MOST_FILES,
    MOST_RATIO,
    Unreadable,
)
from grader.intake.handed import Handed
from grader.intake.nodes import Folder, Kind, Renamed, contents
from grader.outcome import Submission
from grader.steps import find
from tests.exports import Files, tar_of, zip_of
from tests.grading import RIGHT

STEP = find("hw01")
SERVER = {"server.py": RIGHT}
PACKERS: dict[str, Callable[[Files], bytes]] = {
    "zip": zip_of,
    "tar": tar_of,
    "tgz": lambda files: tar_of(files, "gz"),
    "tar.bz2": lambda files: tar_of(files, "bz2"),
    "txz": lambda files: tar_of(files, "xz"),
}


class Bytes:
    """A file of a class, as any source gives it."""

    kind = Kind.FILE

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content

    def children(self) -> list["Bytes"]:
        return []

    def read(self, most: int) -> bytes:
        return self.content[: most + 1]


def handed_in(**files: bytes) -> Submission:
    """What becomes of these files: `hw_zip` is hw.zip."""
    nodes = tuple(Bytes(name.replace("_", "."), content) for name, content in files.items())
    return read(Handed(identity="ada", root=Folder("ada", nodes)), STEP)


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("around", ["", "./", "hw01/", "hw01\\"])
def test_an_archive_is_opened(suffix: str, around: str) -> None:
    data = PACKERS[suffix](
        {f"{around}server.py": RIGHT, f"{around}lib/a.py": b"", "__MACOSX/._server.py": b"x"}
    )
    submission = handed_in(**{f"hw_{suffix.replace('.', '_')}": data})
    assert submission.reason == ""
    assert submission.files == {"server.py": RIGHT, "lib/a.py": b""}
    assert submission.folder == ""


def test_what_an_archive_is_its_first_bytes_say() -> None:
    assert handed_in(hw_zip=tar_of(SERVER, "gz")).files == SERVER
    assert handed_in(hw_tar_gz=zip_of(SERVER)).files == SERVER


def test_an_archive_beside_the_program_is_left_closed() -> None:
    submission = handed_in(server_py=RIGHT, old_zip=b"not even one")
    assert (submission.reason, set(submission.files)) == ("", {"server.py", "old.zip"})


def link(kind: bytes, to: str = "/etc/passwd") -> bytes:
    """A tar in which the program is a link or a device."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        member = tarfile.TarInfo("server.py")
        member.type, member.linkname = kind, to
        archive.addfile(member)
    return buffer.getvalue()


def zip_link() -> bytes:
    info = zipfile.ZipInfo("server.py")
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return buffer.getvalue()


def encrypted() -> bytes:
    """A zip whose member says that it is encrypted."""
    data = bytearray(zip_of(SERVER, compress=False))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def pax(**headers: str) -> bytes:
    """A tar whose program has these headers of its own (pax(5))."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("server.py")
        member.size, member.pax_headers = (
            len(RIGHT),
            {key.replace("_", "."): text for key, text in headers.items()},
        )
        archive.addfile(member, io.BytesIO(RIGHT))
    return buffer.getvalue()


def oddly_compressed() -> bytes:
    """A zip whose member is compressed by a method that there is not."""
    data = bytearray(zip_of(SERVER))
    data[data.index(b"PK\x01\x02") + 10] = 99
    return bytes(data)


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("server.py", b"1")
            archive.writestr("server.py", b"2")
        return buffer.getvalue()


def negative() -> bytes:
    """A tar whose member has a size below zero, and so begins again after its own header."""
    member = tarfile.TarInfo("x")
    header = bytearray(member.tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 10 + b"\xfe\x00"
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + tar_of(SERVER)


DAMAGED = "cannot be opened: it is damaged, or no archive"
REFUSED: dict[str, tuple[bytes, str]] = {
    "parent": (zip_of({"../../evil.py": b"", **SERVER}), "hw.zip names a path outside itself: ../../evil.py"),
    "parent, inside": (tar_of({"a/../../evil.py": b""}), "outside itself"),
    "parent, by backslash": (zip_of({"..\\evil.py": b""}), "outside itself"),
    "absolute": (tar_of({"/etc/server.py": b""}), "outside itself: /etc/server.py"),
    "drive": (zip_of({"C:\\server.py": b""}), "outside itself"),
    "symbolic link": (link(tarfile.SYMTYPE), "server.py is a link: hand in the file itself"),
    "hard link": (link(tarfile.LNKTYPE), "server.py is a link: hand in the file itself"),
    "symbolic link in a zip": (zip_link(), "server.py is a link: hand in the file itself"),
    "device": (link(tarfile.CHRTYPE), "server.py is a device or the like: hand"),
    "pipe": (link(tarfile.FIFOTYPE), "server.py is a device or the like: hand"),
    "sparse": (link(tarfile.GNUTYPE_SPARSE), "server.py is a device or the like: hand"),
    "sparse, by pax": (
        pax(GNU_sparse_size="1000000000", GNU_sparse_map="0,1"),
        "server.py is a device or the like: hand",
    ),
    "a zero in a name": (pax(path="server.py\0.txt"), "outside itself: server.py\\x00.txt"),
    "encrypted": (encrypted(), "server.py is encrypted: hand in an archive without a password"),
    "NFC and NFD": (zip_of({"e\u0301.py": b"", "\u00e9.py": b"", **SERVER}), "é.py is there twice"),
    "slash and backslash": (zip_of({"a/b.py": b"", "a\\b.py": b"", **SERVER}), "a/b.py is there twice"),
    "file and folder": (zip_of({"a": b"", "a/b": b"", **SERVER}), "a is there twice"),
    "archive in archive": (zip_of({"in.zip": zip_of(SERVER)}), "hw.zip holds another archive, in.zip"),
    "empty": (zip_of({}), "hw.zip is empty"),
    "nothing": (b"", DAMAGED),
    "rar": (b"Rar!\x1a\x07\x00", DAMAGED),
    "no tar in a gz": (gzip.compress(RIGHT), DAMAGED),
    "cut zip": (zip_of(SERVER)[:-30], DAMAGED),
    "cut tar": (tar_of(SERVER)[:700], "hw.zip cannot be opened"),
    "cut gz": (tar_of(SERVER, "gz")[:-9], DAMAGED),
    "cut xz": (tar_of(SERVER, "xz")[:-9], DAMAGED),
    "cut bz2": (tar_of(SERVER, "bz2")[:-9], DAMAGED),
    "wrong checksum": (
        zip_of(SERVER, compress=False).replace(b"import", b"imqort", 1),
        "server.py cannot be unpacked",
    ),
    "unknown compression": (oddly_compressed(), "server.py cannot be unpacked"),
    "negative size": (negative(), "damaged"),
    "long name": (zip_of({"x" * 256: b"", **SERVER}), "is too long"),
    "long path": (zip_of({"/".join(["x" * 250] * 5): b"", **SERVER}), "is too long"),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_with_an_archive_is_a_reason(data: bytes, reason: str) -> None:
    submission = handed_in(hw_zip=data)
    assert reason in submission.reason
    assert submission.reason
    assert submission.files == {}


def test_a_name_twice_in_a_zip_is_refused() -> None:
    assert handed_in(hw_zip=twice()).reason == "server.py is there twice: nobody could say which one counts"


def test_two_archives_are_refused() -> None:
    reason = handed_in(a_zip=zip_of(SERVER), b_zip=zip_of(SERVER)).reason
    assert reason == "there are 2 archives (a.zip, b.zip): hand in one"


def test_an_archive_that_is_not_opened_here_is_named() -> None:
    reason = handed_in(hw_rar=b"Rar!").reason
    assert reason == "hw.rar is an archive that is not opened here: hand in a zip, or the files"


def test_names_that_macos_writes_are_read() -> None:
    """Its zips hold UTF-8 and do not say so."""
    data = bytearray(zip_of({"\u00e9.py": b"", **SERVER}))
    data[7] &= ~8
    data[data.index(b"PK\x01\x02") + 9] &= ~8
    assert "\u00e9.py" in handed_in(hw_zip=bytes(data)).files


def noise(size: int) -> bytes:
    """Bytes that no compression makes smaller."""
    return random.Random(size).randbytes(size)


def test_the_number_of_files_is_bounded() -> None:
    for more, fine in ((MOST_FILES - 1, True), (MOST_FILES, False)):
        data = zip_of({**SERVER, **{f"{number}.txt": b"" for number in range(more)}})
        assert ("more than 200 files" in handed_in(hw_zip=data).reason) is not fine


def test_the_number_of_entries_is_bounded() -> None:
    """Litter counts here: listing it costs as well."""
    for more, fine in ((MOST_ENTRIES - 1, True), (MOST_ENTRIES, False)):
        data = zip_of({**SERVER, **{f".git/{number}": b"" for number in range(more)}})
        assert ("lists more than" in handed_in(hw_zip=data).reason) is not fine


@pytest.mark.parametrize("suffix", ["zip", "tar", "tgz"])
def test_the_bytes_of_one_file_are_bounded(suffix: str) -> None:
    for size, fine in ((MOST_FILE, True), (MOST_FILE + 1, False)):
        data = PACKERS[suffix]({**SERVER, "big": noise(size)})
        assert ("big holds more than 2 MiB" in handed_in(hw_zip=data).reason) is not fine


def test_the_bytes_of_all_files_are_bounded() -> None:
    rest = MOST_BYTES - MOST_FILE - len(RIGHT)
    for size, fine in ((rest, True), (rest + 1, False)):
        data = zip_of({**SERVER, "big": noise(MOST_FILE), "last": noise(size)})
        assert ("hold more than 4 MiB" in handed_in(hw_zip=data).reason) is not fine


def test_the_bytes_of_the_archive_are_bounded() -> None:
    data = zip_of(SERVER, compress=False)
    for size, fine in ((MOST_ARCHIVE, True), (MOST_ARCHIVE + 1, False)):
        padded = bytes(size - len(data)) + data  # what is before a zip is no part of it
        reason = handed_in(hw_zip=b"PK" + padded[2:]).reason
        assert ("hw.zip holds more than 16 MiB" in reason) is not fine


@pytest.mark.parametrize("suffix", PACKERS)
def test_the_ratio_is_bounded(suffix: str) -> None:
    """Of a short file of blanks nobody need be afraid."""
    assert not handed_in(hw_zip=PACKERS[suffix]({**SERVER, "blanks": b" " * (FREE_BYTES - 20_480)})).reason
    if suffix != "tar":
        assert (
            "far more than its own size"
            in handed_in(hw_zip=PACKERS[suffix]({"blanks": bytes(1 << 21)})).reason
        )


def test_the_ratio_is_bounded_to_the_byte() -> None:
    root = Folder("", (Renamed("a", Bytes("a", bytes(100_000))),))
    assert contents(root, most_unpacked=100_000)
    with pytest.raises(Unreadable, match="as only bombs do"):
        contents(root, most_unpacked=99_999)
    archive = open_archive(io.BytesIO(zip_of({"a": noise(10_000)})), "a.zip")
    assert archive.most_unpacked == MOST_RATIO * len(zip_of({"a": noise(10_000)}))


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_the_bytes_of_a_tar_without_its_compression_are_bounded(compress: Callable[[bytes], bytes]) -> None:
    plain = tar_of({"a": noise(100_000)})
    for most, fine in ((len(plain), True), (len(plain) - 1, False)):
        bounds = Bounds(unpacked=most)
        if fine:
            open_archive(io.BytesIO(compress(plain)), "a.tgz", bounds).close()
        else:
            with pytest.raises(Unreadable, match="unpacks to more than"):
                open_archive(io.BytesIO(compress(plain)), "a.tgz", bounds)


def test_a_bomb_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Megabytes of zeros in some kilobytes: no more of it is read than allowed."""
    seen: list[int] = []
    real = archives.spooled

    def spooled(stack: object, compressed: io.BufferedReader, name: str, most: int) -> object:
        seen.append(most)
        try:
            return real(stack, compressed, name, most)  # type: ignore[arg-type]
        finally:
            seen.append(compressed.tell())

    monkeypatch.setattr(archives, "spooled", spooled)
    bomb = gzip.compress(bytes(1 << 26), 9)
    assert "far more than its own size" in handed_in(hw_tgz=bomb).reason
    most, read_of_it = seen
    assert read_of_it <= most + archives.CHUNK


def test_the_depth_is_bounded() -> None:
    for deep, fine in ((DEEPEST - 1, True), (DEEPEST, False)):
        data = zip_of({**SERVER, "d/" * deep + "x": b""})
        assert ("nested more than 8 deep" in handed_in(hw_zip=data).reason) is not fine


def test_a_very_deep_path_costs_no_more_than_another() -> None:
    """Sixty-five thousand bytes of name could be as many folders."""
    archive = open_archive(io.BytesIO(zip_of({"d/" * 30_000 + "x": b"", **SERVER})), "a.zip")
    nodes, node = 0, archive.root
    while node.below:
        node = next(iter(node.below.values()))
        nodes += 1
    assert nodes == archives.DEEPEST_KEPT
    assert "nested more than 8 deep" in handed_in(hw_zip=zip_of({"d/" * 30_000 + "x": b"", **SERVER})).reason


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_bent_archive_is_a_reason_and_never_an_error(suffix: str) -> None:
    """Bytes changed, cut out and doubled: whatever the readers of archives raise, the class goes on."""
    whole = PACKERS[suffix]({**SERVER, "lib/a.py": b"x" * 300})
    chance = random.Random(suffix)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 1, 1, 1, 40))] = chance.randbytes(chance.choice((1, 1, 1, 4)))
        submission = handed_in(hw_zip=bytes(data))
        assert submission.reason or submission.files


def test_a_bad_archive_costs_its_own_submission_only(tmp_path: Path) -> None:
    files = {name: data for name, (data, _) in REFUSED.items() if name != "nothing"}
    export = {f"{number}_{number}_{number}_hw.zip": data for number, data in enumerate(files.values(), 1)}
    (tmp_path / "c.zip").write_bytes(zip_of({**export, "ada_999_999_server.py": RIGHT}))
    with open_class(tmp_path / "c.zip", STEP) as found:
        read_all = [read(one, STEP) for one in found.handed]
    assert [one.name for one in read_all if not one.reason] == ["999"]
    assert len(read_all) == len(files) + 1
