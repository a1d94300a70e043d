"""The zip from which Gradescope builds an autograder: the grader, one step's table, and two scripts around them.

No solution and no handout is in it. The same course gives the same bytes.
"""

import io
import zipfile
from pathlib import Path

from grader.report.exports.gradescope import pessimistic
from grader.steps import ROOT, Step

SCRIPTS = Path(__file__).with_name("autograder")
LEFT_OUT = {"__pycache__"}
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip knows
FILE, PROGRAM = 0o100644, 0o100755


def autograder(step: Step) -> bytes:
    """The zip. Its files are at the root, as Gradescope wants them."""
    files = {
        "setup.sh": (SCRIPTS / "setup.sh").read_bytes(),
        "run_autograder": (SCRIPTS / "run_autograder").read_bytes().replace(b"@STEP@", step.short.encode()),
        "pessimistic.json": pessimistic(),
    }
    files |= {f"course/{path}": (ROOT / path).read_bytes() for path in course(step)}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix: the mode below is meant
            entry.external_attr = (PROGRAM if data.startswith(b"#!") else FILE) << 16
            archive.writestr(entry, data)
    return packed.getvalue()


def course(step: Step) -> list[str]:
    """The paths of what the autograder needs of this course, from its root."""
    found = [path for path in sorted((ROOT / "grader").rglob("*")) if path.is_file()]
    own = [path.relative_to(ROOT) for path in found if not LEFT_OUT & set(path.parts)]
    more = (f"homework/{step.slug}/step.toml", "requirements.lock", "scripts/setup", "LICENSE")
    return [*(path.as_posix() for path in own), *more]
