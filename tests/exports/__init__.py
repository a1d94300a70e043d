"""Exports of classes as Canvas, Moodle, Gradescope and GitHub Classroom write them, made anew for each test.

`python -m tests.exports` writes one of each to tests/classes/exports, for whoever wants to try a format.
What they hold is a dict of contents by path. The people in them have names as people have: with commas and quotes,
in other scripts, and as spreadsheets and terminals fear them.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tests.grading import CAPITALS, RIGHT

Files = Mapping[str, bytes]

# id, name, what Canvas makes of the name
PEOPLE = (
    (3143, "Lovelace, Ada", "lovelaceada"),
    (3144, 'O\'Hara, Scarlett "Kate"', "oharascarlettkate"),
    (3145, "=cmd|'/C calc'!A0", "cmdccalca0"),
    (3146, "משה \N{RIGHT-TO-LEFT OVERRIDE}כהן", "משהכהן"),
    (3147, "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} \N{SNAKE}", "zoë"),
    (3148, "Rene\N{COMBINING ACUTE ACCENT} D", "rene\N{COMBINING ACUTE ACCENT}d"),
)


def zip_of(files: Files, *, compress: bool = True) -> bytes:
    """A zip of them, in this order, always the same. A path that ends with "/" is a folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in files.items():
            info = zipfile.ZipInfo(path)
            info.create_system = 3  # Unix, whatever this runs on
            info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            archive.writestr(info, content)
    return buffer.getvalue()


def tar_of(files: Files, compression: str = "") -> bytes:
    """A tar of them, always the same: `compression` is "", "gz", "bz2" or "xz"."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for path, content in files.items():
            member = tarfile.TarInfo(path.rstrip("/"))
            member.type = tarfile.DIRTYPE if path.endswith("/") else tarfile.REGTYPE
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return COMPRESSORS[compression](buffer.getvalue())


COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gz": partial(gzip.compress, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
}


def lay(folder: Path, files: Files) -> Path:
    """The same as a folder on disk."""
    for path, content in files.items():
        where = folder / path
        if path.endswith("/"):
            where.mkdir(parents=True, exist_ok=True)
        else:
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_bytes(content)
    return folder


def canvas() -> dict[str, bytes]:
    """The first four of them on time, late, again, and packed; then a text, an address, several files."""
    files = {
        "lovelaceada_3143_207797_server.py": RIGHT,
        "oharascarlettkate_LATE_3144_207798_server.py": CAPITALS,
        "cmdccalca0_3145_207799_server.py": CAPITALS,
        "cmdccalca0_3145_207801_server-1.py": RIGHT,
        "cmdccalca0_3145_207801_notes.txt": b"the second is better",
        "משהכהן_LATE_3146_207802_hw01-2.zip": zip_of(
            {"hw01/server.py": RIGHT, "__MACOSX/hw01/._server.py": b""}, compress=False
        ),
        "zoë_3147_text.html": b"<p>print('hello')</p>",
        "rene\N{COMBINING ACUTE ACCENT}d_3148_link.html": b"<a href=...>",
        "turing_3149_207805_server.py": b"from echoing import echo\n",
        "turing_3149_207806_echoing.py": b"",
        "hopper_3150_207807_work.zip": b"PK\x03\x04 and nothing more",
    }
    return {**files, "__MACOSX/._x": b"", ".DS_Store": b""}


def canvas_anonymous() -> dict[str, bytes]:
    """Nobody has a name, nor a number."""
    return {
        "anon_x7Kp2_207797_server.py": RIGHT,
        "LATE_anon_Qm3Zz_207798_server.py": CAPITALS,
        "anon_Aa1Bb_text.html": b"<p>",
    }


def canvas_groups() -> dict[str, bytes]:
    """A group goes by its own name, and by the number of the member who represents it. Who is in none is alone."""
    return {
        "teamlovelaceco_3143_207797_server.py": RIGHT,
        "turingalan_LATE_3149_207798_server.py": CAPITALS,
    }


def moodle(*, trailing: str = "") -> dict[str, bytes]:
    """With folders; `trailing` is "_" before version 4."""
    files = {
        f"{name.replace('_', ' ')}_{id}_assignsubmission_file{trailing}/server.py": RIGHT
        for id, name, _ in PEOPLE
        if "/" not in name
    }
    files[f"Ada B_7_assignsubmission_file{trailing}/src/server.py"] = RIGHT
    files["Ada B_7_assignsubmission_onlinetext/onlinetext.html"] = b"<p>"
    files["Alan T_8_assignsubmission_onlinetext/onlinetext.html"] = b"<p>"
    return files


def moodle_flat() -> dict[str, bytes]:
    """Without folders, and blind: two files of one participant."""
    return {
        "Participant_11_assignsubmission_file_server.py": RIGHT,
        "Participant_11_assignsubmission_file_my_notes.txt": b"",
        "Participant_12_assignsubmission_file_hw01.tar.gz": tar_of({"./server.py": CAPITALS}, "gz"),
        "Participant_13_assignsubmission_onlinetext_onlinetext.html": b"<p>",
    }


def moodle_teams() -> dict[str, bytes]:
    """By team; who is in none is in the default group, which has no number. A participant has a team's number."""
    return {
        "Team Lovelace_17_assignsubmission_file/server.py": RIGHT,
        "Default group_assignsubmission_file/server.py": CAPITALS,
    }


METADATA = r"""---
submission_90871:
  :submitters:
  - :name: Ada Lovelace
    :sid: '007'
    :email: ada@example.org
  :created_at: 2026-03-01 23:59:58.379000000 +01:00
  :score: 10.0
  :results:
    output: |
      submission_90873:
        :submitters:
        - :name: Eve
          :sid: '1'
    tests: []
submission_90872:
  :submitters:
  - :name: "Hopper, \"Amazing\" Grace \u202E"
    :sid: ''
    :email: &1 grace@example.org
  - :name: '=1+1'
    :sid: '008'
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: &2 2026-03-01 22:59:58.000000000 Z
    zone: !ruby/object:ActiveSupport::TimeZone
      name: Europe/Berlin
    time: *2
submission_90873:
  :submitters:
  - :name: Nobody
    :email: *1
  :created_at: *2
"""


def gradescope(metadata: str = METADATA.replace("*1", "nobody@example.org")) -> dict[str, bytes]:
    """Three that the metadata name, of which one has no folder, and a folder that they do not name."""
    around = "assignment_512_export/"
    return {
        f"{around}submission_metadata.yml": metadata.encode(),
        f"{around}submission_90871/server.py": RIGHT,
        f"{around}submission_90872/server.py": CAPITALS,
        f"{around}submission_90872/.DS_Store": b"",
        f"{around}submission_90874/server.py": RIGHT,
        "__MACOSX/._assignment_512_export": b"",
    }


def github() -> dict[str, bytes]:
    """Clones: the name of the assignment and the logins have dashes."""
    around = "hw-1-echo-submissions/hw-1-echo-"
    return {
        f"{around}ada-l/server.py": RIGHT,
        f"{around}ada-l/.git/config": b"[remote]",
        f"{around}ada-m/README.md": b"",
        f"{around}Grace/server.py": CAPITALS,
    }


def folders() -> dict[str, bytes]:
    """A folder per student, and one who packed it."""
    return {
        "ada/server.py": RIGHT,
        "Ren\N{LATIN SMALL LETTER E WITH ACUTE}/server.py": RIGHT,
        "empty/": b"",
        "grace.zip": zip_of({"server.py": CAPITALS}, compress=False),
        "notes.txt": b"",
    }


def loose_files() -> dict[str, bytes]:
    """A file per student."""
    return {"ada.py": RIGHT, "grace.py": CAPITALS, "alan.tar": tar_of({"server.py": RIGHT})}
