"""JUnit, Gradescope and GitHub: what they require of a document, and that none tells more than a student may see."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as XML

import pytest

from grader.outcome import Level, Outcome, Refusal, Report, Visibility
from grader.report.exports import github, gradescope
from grader.report.exports.junit import junit
from grader.steps import ROOT, find
from tests.report.samples import EVIL, REPORTS, failure, report, result

STEP = find("hw01")
# Of junit-10.xsd: what an element may have, what it must have, and what may be in it. "error" is Jenkins's spelling.
JUNIT: dict[str, tuple[str, str, str]] = {
    "testsuites": ("name time tests failures errors", "", "testsuite"),
    "testsuite": (
        "name tests failures errors group time skipped timestamp hostname id package file log url version",
        "name tests failures errors",
        "testsuite properties testcase system-out system-err",
    ),
    "properties": ("", "", "property"),
    "property": ("name value", "name value", ""),
    "testcase": ("name time classname group", "name", "skipped error failure system-out system-err"),
    "failure": ("type message", "", ""),
    "error": ("type message", "", ""),
    "skipped": ("type message", "", ""),
    "system-out": ("", "", ""),
}
TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]{0,3})?")
WORDS = {"failure", "error", "skipped", "system-out"}  # elements that hold text


def faults(element: XML.Element) -> list[str]:
    """What the schema has against the element."""
    if element.tag not in JUNIT:
        return [f"no element {element.tag}"]
    may, must, children = (set(words.split()) for words in JUNIT[element.tag])
    found = [f"{element.tag} has no {name}" for name in must - set(element.attrib)]
    found += [f"{element.tag} must not have {name}" for name in set(element.attrib) - may]
    found += [f"{element.tag} must not hold {child.tag}" for child in element if child.tag not in children]
    if not TIME.fullmatch(element.get("time", "")):
        found.append("that is no time")
    if element.tag not in WORDS and (element.text or "").strip():
        found.append(f"{element.tag} holds text")
    return found + [fault for child in element for fault in faults(child)]


WRONG_XML = (
    "<testsuites><testsuite name='a' tests='1' failures='0'/></testsuites>",
    "<testsuites><testsuite name='a' tests='1' failures='0' errors='0' points='1'/></testsuites>",
    "<testsuites><testcase name='a'/></testsuites>",
    "<testsuites time='1.2345'/>",
    "<testsuites>text</testsuites>",
    "<report/>",
)


@pytest.mark.parametrize("document", WRONG_XML)
def test_the_schema_refuses(document: str) -> None:
    assert faults(XML.fromstring(document))


@pytest.mark.parametrize("name", REPORTS)
def test_junit_is_valid(name: str) -> None:
    assert faults(XML.fromstring(junit([REPORTS[name]]))) == []


def test_junit_counts_what_it_holds() -> None:
    root = XML.fromstring(junit(REPORTS.values()))
    assert faults(root) == [] and len(root) == len(REPORTS)
    for suite, told in zip(root, REPORTS.values(), strict=True):
        ended = [one.outcome for one in told.results if one.level is Level.MUST]
        assert int(suite.get("failures", "")) >= ended.count(Outcome.FAIL)
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures", ""))
        assert len(suite.findall("testcase/error")) == int(suite.get("errors", ""))
    assert int(root.get("tests", "")) == sum(int(suite.get("tests", "")) for suite in root)


def test_junit_says_how_each_check_ended() -> None:
    mixed = report(
        result("listens"),
        failure("wrong_case"),
        failure("stuck", level=Level.SHOULD, points=0),
        result("large_message", Outcome.BLOCKED, blocked_by="short_message"),
        result("not_text", Outcome.BROKEN, trouble="we failed"),
    )
    [suite] = XML.fromstring(junit([mixed]))
    tags = {case.get("name"): [child.tag for child in case] for case in suite.iter("testcase")}
    assert tags["listens"] == [] and tags["short_message"] == ["failure"]
    assert tags["one_byte"] == ["system-out"] and tags["large_message"] == ["skipped"]
    assert tags["not_text"] == ["error"]


def test_junit_never_looks_well_without_a_verdict() -> None:
    for name in ("not_gradable", "missing", "broken"):
        [suite] = XML.fromstring(junit([REPORTS[name]]))
        assert suite.findall("testcase/failure") or suite.findall("testcase/error"), name


FORMATS: dict[str, Callable[[Report], str]] = {
    "junit": lambda told: junit([told]).decode(),
    "gradescope": lambda told: gradescope.results(told).decode(),
    "github": lambda told: github.summary(told) + "\n".join(github.annotations(told)),
}
SECRET = "the fault that only the card names"


def with_card(visibility: Visibility) -> Report:
    """A report with a failed check whose card names a fault."""
    failed = failure("wrong_case")
    assert failed.card
    card = replace(failed.card, fault=SECRET, got=SECRET, where=("server.py:12  secret()",), diagnosis=SECRET)
    return report(replace(failed, card=card, visibility=visibility))


@pytest.mark.parametrize("export", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("visibility", Visibility)
def test_a_check_that_is_kept_back_tells_only_its_title(
    visibility: Visibility, export: Callable[[Report], str]
) -> None:
    text = export(with_card(visibility)).replace("\\", "")
    assert (SECRET in text) is (visibility is Visibility.VISIBLE)
    assert ("server.py" in text) is (visibility is Visibility.VISIBLE)
    assert "short_message" in text or "A short message comes back" in text


@pytest.mark.parametrize("export", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("name", REPORTS)
def test_no_export_steers_a_terminal(name: str, export: Callable[[Report], str]) -> None:
    if name == "broken" and export is FORMATS["gradescope"]:
        return
    hostile = replace(REPORTS[name], submission=EVIL, notes=(EVIL,))
    text = export(hostile)
    assert not [letter for letter in text if letter != "\n" and not letter.isprintable()]


def test_gradescope_says_what_the_report_says() -> None:
    told = report(failure("wrong_case"), failure("stuck", level=Level.MAY, points=0))
    table = json.loads(gradescope.results(told))
    assert table["score"] == told.score == 60
    first, second, third, *_ = table["tests"]
    assert (first["score"], first["max_score"], first["status"], first["number"]) == (10, 10, "passed", "1")
    assert (second["score"], second["status"]) == (0, "failed") and "expected" in second["output"]
    assert third["status"] == "passed" and "max_score" not in third and "information" in third["name"]
    assert {test["visibility"] for test in table["tests"]} == {"visible"}


TOP = {"score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
       "stdout_visibility", "extra_data", "tests"}  # fmt: skip
TEST = {"score", "max_score", "status", "name", "number", "output", "visibility"}


@pytest.mark.parametrize("name", set(REPORTS) - {"broken"})
def test_gradescope_knows_every_key(name: str) -> None:
    table = json.loads(gradescope.results(REPORTS[name]))
    assert set(table) <= TOP and isinstance(table["score"], int)
    assert all(set(test) <= TEST and test["status"] in ("passed", "failed") for test in table["tests"])


def test_gradescope_gets_no_score_for_a_failure_of_ours() -> None:
    with pytest.raises(Refusal, match="no score"):
        gradescope.results(REPORTS["broken"])
    assert json.loads(gradescope.pessimistic())["score"] == 0


def test_github_points_at_the_line() -> None:
    *_, annotation, score = github.annotations(with_card(Visibility.VISIBLE))
    assert annotation == f"::error file=server.py,line=12,title=A short message comes back::{SECRET}"
    assert score == "::notice title=Score::80 of 100 points"


def test_github_takes_no_command_from_a_student() -> None:
    failed = failure("wrong_case")
    assert failed.card
    card = replace(failed.card, fault="100%\n::error::x", where=("a,b:c.py:3  x", "x%0A::set-env.py:1  y"))
    lines = list(github.annotations(report(replace(failed, card=card))))
    assert not [line for line in lines if "\n" in line]
    assert lines[0].endswith("::100%25%0A::error::x") and "file=" not in lines[0].replace("file=c.py", "")


def test_github_shows_a_student_s_text_literally() -> None:
    failed = replace(failure("wrong_case"), title="<b>*x*</b> | [y](z) @eve `q`")
    assert failed.card
    card = replace(failed.card, got="```\n# headline\n`````", fault="")
    summary = github.summary(report(replace(failed, card=card)))
    assert "\\<b\\>\\*x\\*\\</b\\> \\| \\[y\\]\\(z\\) \\@eve \\`q\\`" in summary
    fence = re.search(r"^`{6,}text$", summary, re.MULTILINE)
    assert fence and summary.count(fence[0].removesuffix("text")) == 2


def test_the_workflow_names_commands_that_there_are() -> None:
    from grader.cli import parser

    text = github.workflow(STEP, "course/echo-to-wsgi")
    assert "@" not in re.sub(r"@v\d", "", text) and "repository: course/echo-to-wsgi" in text
    commands = re.findall(r"python -m grader (.*)", text)
    assert len(commands) == 3
    for command in commands:
        parser().parse_args([word.strip('"') for word in command.split(" > ")[0].split()])
    assert "scripts/setup venv" in text and (ROOT / "scripts" / "setup").is_file()
    assert "permissions:\n  contents: read" in text


def test_the_workflow_is_yaml() -> None:
    import yaml

    table = yaml.safe_load(github.workflow(STEP, "course/echo-to-wsgi"))
    steps = table["jobs"]["check"]["steps"]
    assert table["name"] == "hw01" and all({"uses", "run"} & set(step) for step in steps)
