"""`gradescope-zip` makes an autograder for Gradescope; `gradescope-run` is what runs in it."""

import argparse
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, NoReturn

from grader.cli.common import PASSED, WRONG, Commands, add_command
from grader.outcome import Refusal, Status
from grader.steps import Step, find

if TYPE_CHECKING:
    from grader.outcome import Report
    from grader.world import Kind

USER = "nobody"  # who judges, and who the student's program is where there is no sandbox
PR_SET_DUMPABLE = 4
MOST_REPORT = 64 << 20  # bytes


def add(commands: Commands) -> None:
    """The commands and their options."""
    pack = add_command(commands, "gradescope-zip", "an autograder for Gradescope: a zip to be uploaded there")
    pack.set_defaults(command=zip_command)
    pack.add_argument("step", metavar="STEP", help="hw01, or hw01_echo")
    pack.add_argument("--output", metavar="FILE.zip", type=Path, required=True, help="where to write")
    run = add_command(commands, "gradescope-run", "judge one submission inside Gradescope's container")
    run.set_defaults(command=run_command)
    run.add_argument("step", metavar="STEP", help="hw01, or hw01_echo")
    run.add_argument("place", metavar="DIR", type=Path, help="/autograder")


def zip_command(options: argparse.Namespace) -> int:
    """Write the zip."""
    from grader.cli.export import write
    from grader.report.exports.archive import autograder

    write(autograder(find(options.step)), options.output)
    return PASSED


def run_command(options: argparse.Namespace) -> int:
    """Judge as nobody, and put the verdict in place as root. Where there is none, no result stays."""
    from grader.report import json
    from grader.report.exports.gradescope import results

    step, place = find(options.step), options.place.resolve()
    if os.geteuid() != 0:
        raise Refusal("gradescope-run gives up root's rights before it judges: start it as root.")
    found = place / "results" / "results.json"
    found.parent.chmod(stat.S_IRWXU)  # the student's program neither sees nor writes it
    data = said_by_nobody(lambda: json.dumps(judged(step, place / "submission")))
    try:
        if not data:
            raise ValueError("the judge was lost")
        report = json.loads(data)
        if report.status is Status.BROKEN:
            troubles = (result.trouble for result in report.results if result.trouble)
            raise ValueError("\n".join(("the grader itself failed", *troubles)))
        unfinished = found.with_name(".results.json")
        unfinished.write_bytes(results(report))
        unfinished.replace(found)
    except ValueError as error:
        found.unlink(missing_ok=True)
        print(f"No verdict: {error}", file=sys.stderr)
        return WRONG
    for note in report.notes:
        print(note)
    return PASSED


def judged(step: Step, folder: Path) -> "Report":
    """The report on the submission that lies in `folder`: from the sandbox, or else with what it lacks in a note."""
    from dataclasses import replace

    from grader.intake import read_folder
    from grader.judge import judge
    from grader.plugin.judging import Job
    from grader.world import promises

    # Giving up root's rights has closed this process, and so no namespace can be made. In the box a program sees no
    # process but its own; elsewhere it must not reach into us.
    open_to_own_user(True)
    missing = [promise for promise in promises() if not promise.holds]
    open_to_own_user(not missing)
    submission, seed = read_folder(folder, step), SystemRandom().randrange(1, 10_000)
    kind: Kind = "plain" if missing else "box"
    report = judge(Job(submission=submission, step=step, seed=seed, kind=kind))
    lacking = (
        f"no sandbox in this container ({missing[0].name}: {missing[0].detail}): the program ran as {USER}, "
        "and could see the grader's files"
        if missing
        else ""
    )
    return replace(report, notes=tuple(filter(None, (*submission.notes, *report.notes, lacking))))


def open_to_own_user(yes: bool) -> None:
    """Whether other processes of the same user may look into this one, and change it."""
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, int(yes), 0, 0, 0)


def said_by_nobody(work: Callable[[], bytes]) -> bytes:
    """What `work` returns in a child process that has given up root's rights for good; b"" where it failed.

    Whatever descends from this process has ended then.
    """
    from grader.world import namespaces
    from grader.world.warden import end_children

    namespaces.adopt_orphans()
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _as_nobody(work, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read(MOST_REPORT)
    _, status = os.waitpid(child, 0)
    end_children()
    return data if os.waitstatus_to_exitcode(status) == 0 else b""


def _as_nobody(work: Callable[[], bytes], writing: int) -> NoReturn:
    """Writes what `work` returns, and ends this process."""
    import pwd  # not there on Windows, where other commands run

    status = WRONG
    try:
        user = pwd.getpwnam(USER)
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(work())
        status = PASSED
    except Exception as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
    finally:
        os._exit(status)  # whatever comes, this process must not go on as a second one of root's kind
