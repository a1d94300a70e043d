"""JUnit XML, as junit-10.xsd has it: a test suite per submission, a test case per check.

That schema knows no points and no properties of a test case: both stand with the suite, "points one_byte" = "0/20".
"""

from collections.abc import Iterable
from xml.etree import ElementTree as XML

from grader.outcome import Outcome, Report, Result, Status, printable
from grader.report.exports.shown import costs, in_short, not_graded, told


def junit(reports: Iterable[Report]) -> bytes:
    """The reports as one document in UTF-8."""
    root = XML.Element("testsuites", name="Echo to WSGI")
    for report in reports:
        root.append(suite(report))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(found.get(name, "0")) for found in root)))
    XML.indent(root, " ")
    document: bytes = XML.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def suite(report: Report) -> XML.Element:
    """One submission."""
    found = XML.Element("testsuite", name=f"{report.step} {printable(report.submission)}")
    properties = XML.SubElement(found, "properties")
    score = "" if report.status is Status.BROKEN else str(report.score)
    facts = {"status": report.status, "score": score, "max_score": report.max_score, "seed": report.seed}
    for name, value in facts.items():
        XML.SubElement(properties, "property", name=name, value=str(value))
    for result in report.results:
        points = f"{result.earned}/{result.points}"
        XML.SubElement(properties, "property", name=f"points {result.id}", value=points)
        found.append(case(result, report))
    if (why := not_graded(report)) and not any(costs(result) for result in report.results):
        found.append(verdict(report, why))
    count = {
        "tests": "testcase",
        "failures": "testcase/failure",
        "errors": "testcase/error",
        "skipped": "testcase/skipped",
    }
    for name, path in count.items():
        found.set(name, str(len(found.findall(path))))
    found.set("time", f"{report.seconds:.3f}")
    return found


def case(result: Result, report: Report) -> XML.Element:
    """One check. A SHOULD that was missed costs nothing, so it does not fail here either: it is printed."""
    found = XML.Element("testcase", name=result.id, classname=report.step)
    words = told(result, report.step)
    if costs(result):
        XML.SubElement(found, "failure", type="fail", message=in_short(result)).text = words
    elif result.outcome is Outcome.BLOCKED:
        XML.SubElement(found, "skipped", type="blocked", message=words)
    elif result.outcome is Outcome.BROKEN:
        XML.SubElement(found, "error", type="broken", message=words)
    elif words:
        XML.SubElement(found, "system-out").text = words
    return found


def verdict(report: Report, why: str) -> XML.Element:
    """A test case of its own, where no check has failed and still there is no verdict: else all would look well."""
    found = XML.Element("testcase", name="gradable", classname=report.step)
    kind = "error" if report.status is Status.BROKEN else "failure"
    XML.SubElement(found, kind, type=report.status, message=why)
    return found
