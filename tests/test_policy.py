"""What a course makes of scores: every limit just under and just over, and every mistake in the file one sentence."""

import re
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from grader.cli.common import visible_by_now
from grader.gradebook.course import (
    BadCourse,
    Course,
    Due,
    Excuse,
    Extension,
    Late,
    Override,
    Shown,
    find_course,
    read_course,
)
from grader.gradebook.policy import Kind, Line, Raw, days_late, lines, percent_off
from grader.outcome import Status, Visibility
from grader.steps import ROOT, find

DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
DAY = 24 * HOUR
FILE = """
time_zone = "Europe/Prague"

[late]
percent_per_day = 10
most_percent = 50
grace_minutes = 15
late_days = 3

[steps.hw01]
deadline = 2026-03-01T13:00:00
weight = 2

[steps.hw02_hello_app]
deadline = 2026-03-08T12:00:00Z
"""


def course(tmp_path: Path, more: str = "", text: str = FILE) -> Course:
    """The course that a file with this text describes."""
    (tmp_path / "course.toml").write_text(text + more, "utf-8")
    return read_course(tmp_path / "course.toml")


def raw(step: str = "hw01_echo", score: int = 80, after: timedelta | None = None, **more: object) -> Raw:
    """Ada's result, handed in so long after noon of 1 March."""
    handed_in = None if after is None else DUE + after
    fields = {"student": "ada", "status": Status.GRADED, "max_score": 100, "handed_in": handed_in, **more}
    return Raw(step=step, score=score, **fields)


def ada(course: Course, *results: Raw, steps: tuple[str, ...] = ("hw01_echo", "hw02_hello_app")) -> Line:
    [line] = lines(results, steps, course)
    return line


LATENESS = (  # handed in so long after the deadline, grace: days
    (-DAY, 0 * MINUTE, 0),
    (0 * SECOND, 0 * MINUTE, 0),
    (SECOND, 0 * MINUTE, 1),
    (DAY, 0 * MINUTE, 1),
    (DAY + SECOND, 0 * MINUTE, 2),
    (15 * MINUTE, 15 * MINUTE, 0),
    (15 * MINUTE + SECOND, 15 * MINUTE, 1),
    (DAY + SECOND, 15 * MINUTE, 2),  # the grace is no longer a gift once it is over
)


@pytest.mark.parametrize(("after", "grace", "days"), LATENESS)
def test_each_day_that_has_begun_counts(after: timedelta, grace: timedelta, days: int) -> None:
    assert days_late(DUE, raw(after=after), grace) == days


def test_who_is_late_where_no_time_is_known() -> None:
    assert days_late(DUE, raw(), HOUR) == 0
    assert days_late(DUE, raw(late=True), HOUR) == 1
    assert days_late(None, raw(after=9 * DAY, late=True), HOUR) == 0


def test_a_change_of_clocks_is_no_lateness(tmp_path: Path) -> None:
    """In Prague 29 March 2026 had 23 hours: a day is 24 of them, whatever the clock on the wall says."""
    text = 'time_zone = "Europe/Prague"\nsteps.hw01.deadline = 2026-03-28T12:00:00\n'
    deadline = course(tmp_path, text=text).deadline("hw01_echo", "ada")
    assert deadline is not None and deadline.utcoffset() == HOUR
    on_the_wall = datetime(2026, 3, 29, 12, 30, tzinfo=deadline.tzinfo)
    assert days_late(deadline, raw(handed_in=on_the_wall), 0 * MINUTE) == 1
    assert days_late(deadline, raw(handed_in=on_the_wall + 31 * MINUTE), 0 * MINUTE) == 2


@pytest.mark.parametrize(("days", "percent"), [(0, 0), (1, 10), (4, 40), (5, 50), (6, 50), (100, 50)])
def test_the_cap(days: int, percent: int) -> None:
    assert percent_off(days, Late(percent_per_day=10, most_percent=50)) == percent


def test_without_a_table_lateness_costs_nothing() -> None:
    line = ada(Course(), raw(after=9 * DAY), steps=("hw01_echo",))
    assert (line.scores[0].points, line.total) == (80, 80)


SPENDING = (  # days after each of the two deadlines, scores: points, days that were spent
    ((0, 0), (80, 80), (80, 80), (0, 0)),
    ((2, 1), (80, 80), (80, 80), (2, 1)),
    ((2, 2), (80, 80), (80, 72), (2, 1)),
    ((4, 1), (80, 80), (72, 72), (3, 0)),
    ((2, 1), (0, 80), (0, 80), (0, 1)),  # there was nothing to save
    ((9, 1), (80, 80), (40, 80), (0, 1)),  # the cap holds with them or without
    ((8, 1), (80, 80), (40, 80), (0, 1)),
    ((7, 1), (80, 80), (48, 72), (3, 0)),
)


@pytest.mark.parametrize(("days", "scores", "points", "spent"), SPENDING)
def test_late_days_go_to_the_earliest_deadline_where_they_save_something(
    days: tuple[int, int],
    scores: tuple[int, int],
    points: tuple[int, int],
    spent: tuple[int, int],
    tmp_path: Path,
) -> None:
    first = raw("hw01_echo", scores[0], days[0] * DAY)
    second = raw("hw02_hello_app", scores[1], 7 * DAY + days[1] * DAY)
    for results in ((first, second), (second, first)):
        line = ada(course(tmp_path), *results)
        assert tuple(score.points for score in line.scores) == points
        assert tuple(score.spent for score in line.scores) == spent


def test_points_are_exact(tmp_path: Path) -> None:
    line = ada(
        course(tmp_path, text="late.percent_per_day = 7\nsteps.hw01.deadline = 2026-03-01T12:00:00Z"),
        raw(score=77, after=DAY),
        steps=("hw01_echo",),
    )
    assert line.scores[0].points == Fraction(7161, 100)


def test_weights(tmp_path: Path) -> None:
    line = ada(course(tmp_path), raw(score=90), raw("hw02_hello_app", 60))
    assert line.total == Fraction(2 * 90 + 60, 3)
    assert ada(course(tmp_path), raw(score=90)).total == 60, "what is missing counts nothing"
    nothing = course(tmp_path, text="steps.hw01.weight = 0")
    assert ada(nothing, raw(), steps=("hw01_echo",)).total is None


BY_HAND = """
[[extension]]
student = "ada"
step = "hw01"
until = 2026-03-04T13:00:00
reason = "she was ill"

[[override]]
student = "eve"
step = "hw01"
score = 55
reason = "shown in class"

[[excuse]]
student = "bob"
step = "hw02"
reason = "joined later"
"""


def test_an_instructor_decides(tmp_path: Path) -> None:
    decided = course(tmp_path, BY_HAND)
    assert ada(decided, raw(after=3 * DAY)).scores[0].days == 0
    assert ada(decided, raw(after=3 * DAY + 15 * MINUTE)).scores[0].days == 0
    assert ada(decided, raw(after=3 * DAY + 16 * MINUTE)).scores[0].days == 1
    eve = ada(decided, raw(student="eve", score=100, after=9 * DAY))
    assert (eve.scores[0].kind, eve.scores[0].points, eve.scores[0].spent) == (Kind.SET, 55, 0)
    assert eve.scores[0].reason == "shown in class"
    bob = ada(decided, raw(student="bob", score=70), raw("hw02_hello_app", 10, student="bob"))
    assert (bob.scores[1].kind, bob.scores[1].points, bob.total) == (Kind.EXCUSED, None, 70)


def test_a_score_set_by_hand_needs_no_submission(tmp_path: Path) -> None:
    eve = ada(course(tmp_path, BY_HAND), raw("hw02_hello_app", 100, student="eve"))
    assert [score.kind for score in eve.scores] == [Kind.SET, Kind.JUDGED]


def test_broken_is_no_score(tmp_path: Path) -> None:
    line = ada(course(tmp_path), raw(score=0, status=Status.BROKEN), raw("hw02_hello_app", 60))
    assert (line.scores[0].kind, line.scores[0].points, line.total) == (Kind.BROKEN, None, 60)


BOTH = {Visibility.AFTER_DEADLINE, Visibility.HIDDEN}
SHOWN = (  # the file, the moment after the deadline's grace: what is shown
    ("", 0 * SECOND, set()),
    ("", SECOND, {Visibility.AFTER_DEADLINE}),
    ('shown.hidden = "deadline"\n', SECOND, BOTH),
    ('shown.hidden = "always"\n', -DAY, {Visibility.HIDDEN}),
    ('shown.after_deadline = "never"\n', DAY, set()),
    (BY_HAND, DAY, set()),
    (BY_HAND, 3 * DAY, set()),
    (BY_HAND, 3 * DAY + SECOND, {Visibility.AFTER_DEADLINE}),
)


@pytest.mark.parametrize(("more", "after", "shown"), SHOWN)
def test_what_students_see_when(more: str, after: timedelta, shown: set[Visibility], tmp_path: Path) -> None:
    text = more + FILE if more.startswith("shown") else FILE + more
    found = course(tmp_path, text=text).visible("hw01_echo", DUE + 15 * MINUTE + after)
    assert found == shown


@pytest.mark.parametrize(("year", "shown"), [(1999, {Visibility.AFTER_DEADLINE}), (2999, set())])
def test_the_commands_look_at_the_calendar(year: int, shown: set[Visibility], tmp_path: Path) -> None:
    course(tmp_path, text=f"steps.hw01.deadline = {year}-03-01T12:00:00Z")
    options = Namespace(course=None, out=tmp_path)
    assert visible_by_now(options, find("hw01")) == shown


def test_a_step_without_a_deadline_stays_as_it_is(tmp_path: Path) -> None:
    assert not course(tmp_path, text="").visible("hw01_echo", DUE)


MISTAKES = (
    ("\nlate = 1 2", "is not TOML: ", "line 2"),
    ("colour = 1", "at its top: there is no such key as `colour`.", ""),
    ("late.percent_per_day = 101", "late.percent_per_day: Expected `int` <= 100.", ""),
    ("late.percent_per_day = -1", "late.percent_per_day: Expected `int` >= 0.", ""),
    ('late.grace_minutes = "15"', "late.grace_minutes: Expected `int`, got `str`.", ""),
    ("steps.hw01.weight = -0.5", "steps.hw01.weight: Expected `float` >= 0.0.", ""),
    ("steps.hw99.weight = 1", "steps.hw99: There is no step 'hw99'. Did you mean", ""),
    ("steps.hw01.weight = 1\nsteps.hw01_echo.weight = 1", "steps.hw01_echo: hw01_echo is there twice.", ""),
    (
        "steps.hw01.deadline = 2026-03-01T12:00:00",
        "steps.hw01.deadline: 2026-03-01 12:00:00 where?",
        "time_zone",
    ),
    ("steps.hw01.deadline = 2026-03-01", "steps.hw01.deadline: Expected `datetime | null`, got `date`.", ""),
    ('time_zone = "Europe/Atlantis"', 'time_zone: there is no "Europe/Atlantis"', ""),
    ('time_zone = "../../etc/passwd"', 'time_zone: there is no "../../etc/passwd"', ""),
    ('shown.hidden = "sometimes"', "shown.hidden: Invalid enum value 'sometimes'.", ""),
    ('[[excuse]]\nstudent = "ada"\nstep = "hw01"', "excuse[0]: it lacks the key `reason`.", ""),
    (
        '[[excuse]]\nstudent = "ada"\nstep = "hw01"\nreason = ""',
        "excuse[0].reason: Expected `str` of length >= 1.",
        "",
    ),
    (
        '[[override]]\nstudent = "ada"\nstep = "hw1"\nscore = 1\nreason = "r"',
        "override[0].step: There is no step 'hw1'. Did you mean 'hw01'?",
        "",
    ),
    (
        '[[override]]\nstudent = "ada"\nstep = "hw01"\nscore = 101\nreason = "r"',
        "override[0].score: Expected",
        "",
    ),
    (
        2 * '[[excuse]]\nstudent = "ada"\nstep = "hw01"\nreason = "r"\n',
        "ada is there 2 times for hw01_echo.",
        "",
    ),
)


@pytest.mark.parametrize(("text", "sentence", "also"), MISTAKES)
def test_a_mistake_is_one_sentence(text: str, sentence: str, also: str, tmp_path: Path) -> None:
    with pytest.raises(BadCourse) as caught:
        course(tmp_path, text=text)
    assert str(caught.value).startswith(str(tmp_path / "course.toml"))
    assert sentence in str(caught.value) and also in str(caught.value)
    assert not str(caught.value).endswith("?.")
    assert len(str(caught.value).splitlines()) == 1


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadCourse, match=r"Cannot read .*: no such file or directory"):
        read_course(tmp_path / "course.toml")
    (tmp_path / "course.toml").write_bytes(b'time_zone = "\xff"')
    with pytest.raises(BadCourse, match="is not UTF-8: byte 13"):
        read_course(tmp_path / "course.toml")


def test_the_readme_shows_every_key(tmp_path: Path) -> None:
    """Its example is a course, and leaves nothing out."""
    example = (ROOT / "grader" / "README.md").read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    found = course(tmp_path, text=example)
    assert found.late == Late(percent_per_day=10, most_percent=50, grace_minutes=15, late_days=3)
    assert (len(found.steps), len(found.extension), len(found.override), len(found.excuse)) == (2, 1, 1, 1)
    tables = (Course, Late, Shown, Due, Extension, Override, Excuse)
    keys = {field.name for table in tables for field in msgspec.structs.fields(table)}
    assert all(re.search(rf"^\[*{key}\b", example, re.MULTILINE) for key in keys)


def test_where_the_file_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, here = tmp_path / "results" / "hw01", tmp_path / "here"
    for folder in (out, here):
        folder.mkdir(parents=True)
    monkeypatch.chdir(here)
    assert find_course(None, out) is None
    for folder in (here, out.parent, out):  # the nearest to the results wins
        (folder / "course.toml").write_text("")
        found = find_course(None, out)
        assert found is not None and found.resolve() == folder / "course.toml"
    assert find_course(tmp_path / "mine.toml", out) == tmp_path / "mine.toml"
