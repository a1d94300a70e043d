"""The samples under tests/classes/exports, for whoever wants to try a format: `python -m tests.exports` writes them.

Names that a checkout on Windows could not take, or that two file systems spell differently, are inside archives. Their
bytes are the same wherever they are made: nothing in the zips is compressed, and a tar is compared without its
compression.
"""

import gzip
import lzma
from collections.abc import Callable

from grader.steps import ROOT
from tests import exports
from tests.exports import tables, tar_of, zip_of

FOLDER = ROOT / "tests" / "classes" / "exports"
SAMPLES: dict[str, Callable[[], bytes]] = {
    "canvas.zip": lambda: zip_of(exports.canvas(), compress=False),
    "canvas-gradebook.csv": tables.canvas_gradebook,
    "canvas-groups.zip": lambda: zip_of(exports.canvas_groups(), compress=False),
    "canvas-groups.csv": tables.canvas_groups,
    "moodle.zip": lambda: zip_of(exports.moodle(), compress=False),
    "moodle-worksheet.csv": tables.moodle_worksheet,
    "moodle-teams.zip": lambda: zip_of(exports.moodle_teams(), compress=False),
    "moodle-teams-worksheet.csv": tables.moodle_teams_worksheet,
    "gradescope.zip": lambda: zip_of(exports.gradescope(), compress=False),
    "gradescope-roster.csv": tables.gradescope_roster,
    "github.tar.gz": lambda: tar_of(exports.github(), "gz"),
    "github-roster.csv": tables.github_roster,
    "folders.zip": lambda: zip_of(exports.folders(), compress=False),
    "files.tar.xz": lambda: tar_of(exports.loose_files(), "xz"),
    "roster.csv": tables.roster,
}
COMPRESSED: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".xz": lzma.decompress}


def plain(name: str, data: bytes) -> bytes:
    """The bytes that must be the same everywhere: two compressors may differ."""
    for suffix, decompress in COMPRESSED.items():
        if name.endswith(suffix):
            return decompress(data)
    return data
