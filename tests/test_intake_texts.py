"""How a program's text was saved: what Python reads is taken, with a remark; what it cannot read has its sentence.

Python itself is asked as well: it must run what is taken.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.intake import read_folder
from grader.steps import find

STEP = find("hw01")
TEXT = "# Zoë\nprint('ok')\n"
WIDE = "server.py is saved as UTF-16, which Python cannot read: save it as UTF-8"

# What is handed in, whether Python runs it, and the beginning of the reason or of the remark.
SAVED: dict[str, tuple[bytes, bool, str]] = {
    "UTF-8": (TEXT.encode(), True, ""),
    "byte order mark": (TEXT.encode("utf-8-sig"), True, "server.py: begins with a byte order mark"),
    "CRLF": (TEXT.replace("\n", "\r\n").encode(), True, "server.py: lines end with CRLF"),
    "CR": (TEXT.replace("\n", "\r").encode(), True, ""),
    "declared": (b"# coding: latin-1\n" + TEXT.encode("latin-1"), True, ""),
    "declared below": (b"#!/usr/bin/python3\n# -*- coding: latin-1 -*-\n" + TEXT.encode("latin-1"), True, ""),
    "Latin-1": (TEXT.encode("latin-1"), False, "server.py: is not UTF-8"),
    "declared too late": (
        b"\n\n# coding: latin-1\n" + TEXT.encode("latin-1"),
        False,
        "server.py: is not UTF-8",
    ),
    "UTF-16": (TEXT.encode("utf-16"), False, WIDE),
    "UTF-16, big end first": (b"\xfe\xff" + TEXT.encode("utf-16-be"), False, WIDE),
    "UTF-16, unmarked": (TEXT.encode("utf-16-le"), False, WIDE),
    "UTF-32": (TEXT.encode("utf-32"), False, WIDE.replace("16", "32")),
    "empty": (b"", True, ""),
}


@pytest.mark.parametrize(("data", "runs", "told"), SAVED.values(), ids=SAVED)
def test_how_a_program_was_saved(data: bytes, runs: bool, told: str, tmp_path: Path) -> None:
    (tmp_path / "server.py").write_bytes(data)
    submission = read_folder(tmp_path, STEP)
    said = submission.reason or "; ".join(submission.notes)
    assert said.startswith(told) and bool(said) is bool(told)
    assert bool(submission.reason) is ("UTF-16" in told or "UTF-32" in told)

    done = subprocess.run([sys.executable, "server.py"], cwd=tmp_path, capture_output=True, check=False)
    ran = done.returncode == 0 and (done.stdout.strip() == b"ok" or not data)
    assert ran is runs


def test_a_zero_is_for_python_to_judge(tmp_path: Path) -> None:
    """Its versions differ in what they say to it."""
    (tmp_path / "server.py").write_bytes(TEXT.encode() + b"# \0\n")
    submission = read_folder(tmp_path, STEP)
    assert not submission.reason
    assert submission.notes == (
        "server.py: holds a byte that is zero. Python 3.12 and later refuse such a file",
    )


def test_zeros_make_it_utf_16_from_a_third_on(tmp_path: Path) -> None:
    for zeros, wide in ((3, True), (2, False)):
        (tmp_path / "server.py").write_bytes(b"\0" * zeros + b"#" * (9 - zeros))
        assert bool(read_folder(tmp_path, STEP).reason) is wide


def test_other_programs_cost_a_remark(tmp_path: Path) -> None:
    """Whether the program needs them is not known before it runs."""
    (tmp_path / "server.py").write_bytes(TEXT.encode())
    for name in ("a.py", "b.py", "c.py", "d.py"):
        (tmp_path / name).write_bytes(TEXT.encode("utf-16"))
    (tmp_path / "page.html").write_bytes(TEXT.encode("utf-16"))
    submission = read_folder(tmp_path, STEP)
    assert not submission.reason
    assert [note[:42] for note in submission.notes] == ["a.py, b.py, c.py and 1 more: is saved as UTF"[:42]]
