"""The applications of the checks keep PEP 3333 where they should, break it where they should, and tell the truth."""

import importlib
import io
import json
import sys
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from grader.checks import table
from grader.outcome import Level, Outcome, Report
from grader.steps import Step, all_steps, find

Told = tuple[str, list[tuple[str, str]]]


def application(module: str) -> ModuleType:
    return importlib.import_module(f"grader.applications.{module}")


def called(
    app: Callable[..., Iterable[bytes]], path: str, body: bytes = b"", *, valid: bool = True, **more: Any
) -> tuple[str, bytes, dict[str, str]]:
    """The status, the body and the fields of an answer; `valid`: wsgiref.validate looks on."""
    environ: dict[str, Any] = {
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "wsgi.input": io.BytesIO(body),
        **more,
    }
    setup_testing_defaults(environ)
    told: list[Told] = []
    write = io.BytesIO().write

    def start_response(status: str, fields: list[tuple[str, str]]) -> Any:
        told.append((status, fields))
        return write

    result = (validator(app) if valid else app)(environ, start_response)
    try:
        data = b"".join(result)
    finally:
        if hasattr(result, "close"):
            result.close()
    status, fields = told[0]
    return status, data, dict(fields)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/", "200 OK", b"the probe is here"),
        ("/unheard/of", "200 OK", b"the probe is here"),
        ("/status/503", "503 As Told", b"the status says it"),
        ("/fields", "200 OK", b"the fields say it"),
        ("/late", "202 Accepted", b"late, and right"),
        ("/length/12", "200 OK", b"chunk chunk."),
        ("/body/one", "200 OK", b"one chunk"),
        ("/body/list", "200 OK", b"first second last"),
        ("/body/tuple", "200 OK", b"first last"),
        ("/body/generator", "200 OK", b"first last"),
        ("/body/gaps", "200 OK", b"first last"),
        ("/body/object", "200 OK", b"first last"),
        ("/body/empty_list", "200 OK", b""),
        ("/body/empty_chunk", "200 OK", b""),
        ("/body/empty_generator", "200 OK", b""),
        ("/closable/whole/abc", "200 OK", b"first last"),
        ("/mark", "200 OK", b"marked"),
    ],
)
def test_the_probe_keeps_the_rules_where_it_should(path: str, status: str, body: bytes) -> None:
    assert called(application("probe").app, path)[:2] == (status, body)


def test_nothing_is_nothing() -> None:
    assert called(application("probe").app, "/nothing", valid=False)[:2] == ("204 No Content", b"")


def test_the_second_application_is_another() -> None:
    assert called(application("probe").another, "/")[1] == b"another application"


@pytest.mark.parametrize("path", ["environ", "//environ?x=1", "/environ/%E9", "/environ/\xe9"])
def test_the_probe_finds_its_work_in_a_path_that_is_misread(path: str) -> None:
    assert b'"PATH_INFO"' in called(application("probe").app, path, valid=False)[1]


def test_the_probe_tells_environ_as_it_is() -> None:
    odd = {"AN_INT": 8000, "SURROGATE": "\ud800", "LONG": "x" * 100_000, "HTTP_É": "é"}
    _, body, _ = called(application("probe").app, "/environ", valid=False, **odd)
    told = json.loads(body)
    items = told["items"]
    assert told["type"] == "dict"
    assert items["AN_INT"] == {"type": "int", "text": "8000"}
    assert items["SURROGATE"] == {"type": "str", "text": "\\ud800"}
    assert len(items["LONG"]["text"]) == 400
    assert items["wsgi.version"] == {"type": "tuple", "text": "(1, 0)"}
    assert items["wsgi.input"] == {"type": "_io.BytesIO", "text": "read readline readlines __iter__"}


def test_the_probe_tells_no_more_than_can_be_read() -> None:
    many = {f"KEY_{number}": "x" * 1000 for number in range(5000)}
    assert len(called(application("probe").app, "/environ", valid=False, **many)[1]) < 200_000


def test_the_probe_reads_in_steps() -> None:
    _, body, _ = called(application("probe").app, "/read/2/line/each/all", b"one\r\ntwo\n\nfour", valid=False)
    assert json.loads(body) == ["on", "e\r\n", ["two\n", "\n", "four"], ""]


def test_the_probe_counts_closings() -> None:
    app = application("probe").app
    assert json.loads(called(app, "/closed/counted")[1]) == 0
    called(app, "/closable/whole/counted")
    with pytest.raises(RuntimeError, match="the probe fails: counted"):
        called(app, "/closable/fails/counted", valid=False)
    assert json.loads(called(app, "/closed/counted")[1]) == 2


@pytest.mark.parametrize("path", ["/raise/call/word", "/raise/first/word", "/raise/later/word"])
def test_the_probe_fails_where_it_should(path: str) -> None:
    with pytest.raises(RuntimeError, match="word"):
        called(application("probe").app, path, valid=False)


def test_the_probe_fails_over_a_file() -> None:
    with pytest.raises(FileNotFoundError, match="word"):
        called(application("probe").app, "/raise/file/word", valid=False)


@pytest.mark.parametrize("path", ["/bad/status", "/bad/name", "/bad/value", "/bad/line", "/never"])
def test_a_strict_server_refuses_what_the_probe_does_wrong(path: str) -> None:
    with pytest.raises(AssertionError):
        called(application("probe").app, path)


def test_the_probe_tells_whether_its_second_call_was_refused() -> None:
    app = application("probe").app
    assert json.loads(called(app, "/twice", valid=False)[1]) == {"raised": ""}

    def once(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        calls: list[Any] = []

        def counting(*arguments: Any) -> Any:
            assert not calls
            calls.append(arguments)
            return start_response(*arguments)

        result: Iterable[bytes] = app(environ, counting)
        return result

    assert json.loads(called(once, "/twice", valid=False)[1]) == {"raised": "AssertionError"}


def test_hello_is_the_solution_of_homework_2() -> None:
    status, body, fields = called(application("hello").app, "/Zo\xc3\xab", QUERY_STRING="x=%20")
    assert (status, body.decode()) == ("200 OK", "hello, Zoë\nquery: x=%20")
    assert fields["Content-Length"] == str(len(body))


def test_form_is_the_solution_of_homework_5() -> None:
    before = {name: sys.modules.get(name) for name in ("forms", "pages")}
    app = application("form").app
    assert {name: sys.modules.get(name) for name in before} == before
    assert b"<form" in called(app, "/")[1]
    sent = b"name=Zo%C3%AB+%26+co"
    more = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(sent)),
    }
    assert "Zoë &amp; co" in called(app, "/process_form", sent, **more)[1].decode()
    status, _, fields = called(app, "/greet", sent, valid=False, **more)
    assert status.startswith("30")
    assert fields["Location"].startswith("/process_form?name=")
    assert called(app, "/elsewhere")[0].startswith("404")


def test_a_form_that_cannot_be_read_is_refused() -> None:
    more = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": "3",
    }
    assert called(application("form").app, "/process_form", b"...", **more)[0] == "400 Bad Request"


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
def test_a_check_that_only_warns_has_no_points(step: Step) -> None:
    assert [check.id for check in table(step) if (check.points == 0) != (check.level is not Level.MUST)] == []


@pytest.mark.parametrize(
    "name", ["tolerant/hw06_wsgi_server/waitress", "faulty/hw06_wsgi_server/gunicorn_alone"]
)
def test_a_production_server_has_full_marks(name: str, kept: Callable[[Step], dict[str, Report]]) -> None:
    report = kept(find("hw06"))[name]
    assert report.score == report.max_score == 100
    failed = {result.level for result in report.results if result.outcome is Outcome.FAIL}
    assert failed <= {Level.SHOULD}
