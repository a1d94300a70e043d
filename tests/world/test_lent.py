"""What is lent to a program: it can be imported, finds its neighbours, and can be neither changed nor replaced."""

from pathlib import Path

import pytest

from grader.outcome import Submission
from grader.steps import Limits, find
from grader.world import Kind, Watch, site
from grader.world.site import beside_lent
from tests.world.running import KINDS

LENT = find("hw06").lent
OWN = {
    "server.py": b"",
    "app.py": b"1 / 0\n",
    "forms.py": b"1 / 0\n",
    "pages.py": b"1 / 0\n",
}


def said(kind: Kind, code: str, folder: Path, files: dict[str, bytes], lent: tuple[str, ...] = LENT) -> str:
    """What a line of Python prints in a submission with these files."""
    for path, content in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    place = site(kind, Limits(), Submission(name="it", files=files, folder=str(folder)), lent)
    network = place.network()
    program = place.start(network, ("-c", code))
    try:
        Watch(program, network, Limits(), place.proof).ends()
        return program.output().strip()
    finally:
        program.close()
        network.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("module", ["probe", "hello", "form"])
def test_an_application_is_found_whatever_the_submission_holds(
    kind: Kind, module: str, tmp_path: Path
) -> None:
    code = f"import {module}; print(callable({module}.app), {module}.__file__)"
    words = said(kind, code, tmp_path, OWN).split()
    assert words[0] == "True"
    assert words[1].endswith(f"/grader/applications/{module}.py")


@pytest.mark.parametrize("kind", KINDS)
def test_a_module_of_the_submission_stays_what_it_is(kind: Kind, tmp_path: Path) -> None:
    own = {**OWN, "forms.py": b"mine = 1\n", "pages.py": b"mine = 2\n"}
    code = "import forms, form, pages; print(forms.mine, pages.mine, form.forms is not forms)"
    assert said(kind, code, tmp_path, own) == "1 2 True"


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_is_lent_nothing_is_found(kind: Kind, tmp_path: Path) -> None:
    assert "ModuleNotFoundError" in said(kind, "import probe", tmp_path, OWN, ())


@pytest.mark.parametrize(
    "own", ["probe.py", "probe/__init__.py", "probe.pyc", "probe.cpython-311-x86_64-linux-gnu.so"]
)
def test_in_a_box_nothing_of_the_submission_poses_as_an_application(own: str, tmp_path: Path) -> None:
    code = "import probe; print(probe.__file__)"
    assert said("box", code, tmp_path, {**OWN, own: b"posing = True\n"}).endswith(
        "/grader/applications/probe.py"
    )


def test_files_with_other_names_are_kept() -> None:
    own = {"probes.py": b"", "tests/probe.py": b"", "server.py": b"", "solution_probe.py": b""}
    assert beside_lent(own, LENT) == own
    assert beside_lent({**own, "hello.py": b"", "form/x.py": b""}, LENT) == own
    assert beside_lent({"probe.py": b""}, ()) == {"probe.py": b""}


def test_in_a_box_what_is_lent_cannot_be_written(tmp_path: Path) -> None:
    code = (
        "import probe\n"
        "for path in (probe.__file__, probe.__file__ + 'c', '/course/new'):\n"
        "    try:\n"
        "        open(path, 'w')\n"
        "        print('written', path)\n"
        "    except OSError as error:\n"
        "        print(type(error).__name__)\n"
    )
    assert not [line for line in said("box", code, tmp_path, OWN).splitlines() if "written" in line]


def test_in_a_box_nothing_else_of_the_course_is_there(tmp_path: Path) -> None:
    code = "import os; print(sorted(name for _, _, names in os.walk('/course') for name in names))"
    assert said("box", code, tmp_path, OWN) == str(sorted(path.rpartition("/")[2] for path in LENT))
