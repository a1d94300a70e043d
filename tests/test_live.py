"""WebTest and requests over a live server: what they send arrives, what comes back is theirs, nothing breaks them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import requests
from webtest import TestResponse, Upload

from grader.bridge.live import BOUNDARY, address, browser, repeatable, session
from grader.outcome import Submission
from grader.steps import Limits, find
from grader.wire import Keeper, Server, Transcript
from grader.wire.answer import NoAnswer
from grader.world import site

# A server that answers with what `answer.bin` holds, or else with what it was sent, as JSON.
SERVER = """\
import json, pathlib, socket, sys
listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    connection, _ = listener.accept()
    file = connection.makefile("rb")
    request_line = file.readline().decode("latin-1").rstrip()
    fields = {}
    while (line := file.readline().decode("latin-1").rstrip()):
        name, _, value = line.partition(": ")
        fields[name.title()] = value
    body = file.read(int(fields.get("Content-Length", 0)))
    fixed = pathlib.Path("answer.bin")
    page = json.dumps([request_line, fields, body.decode("latin-1")]).encode()
    head = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(page)
    connection.sendall(fixed.read_bytes() if fixed.exists() else head + page)
    connection.close()
"""
LIMITS = Limits(cpu_seconds=0.5, sleep_seconds=0.5, clock_seconds=1.0)


class Stage:
    """A server that says what it was sent, or what it is told to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "server.py").write_text(SERVER)
        here = site("plain", LIMITS, Submission(name="x", files={}, folder=str(folder)))
        self.transcript = Transcript()
        self.keeper = Keeper(here, find("hw01"), Random(1), fresh=False)
        self.server: Server = self.keeper.serve(self.transcript)

    def answers(self, head: bytes, body: bytes = b"") -> None:
        """Let it answer with this head, to which Content-Length is added, and this body."""
        length = b"Content-Length: %d\r\n\r\n" % len(body)
        (self._folder / "answer.bin").write_bytes(head + length + body)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.keeper.close()


def told(response: TestResponse | requests.Response) -> tuple[str, dict[str, str], str]:
    line, fields, body = json.loads(response.body if isinstance(response, TestResponse) else response.content)
    return line, fields, body


def test_webtest_gets_with_a_query(stage: Stage) -> None:
    line, fields, body = told(
        browser(stage.server).get("/caf%C3%A9/a%20b?x=1&y=%20", headers={"X-Name": "Ada"})
    )
    assert line == "GET /caf%C3%A9/a%20b?x=1&y=%20 HTTP/1.1"
    assert fields["Host"] == f"{stage.server.host}:{stage.server.port}"
    assert (fields["X-Name"], body) == ("Ada", "")


def test_webtest_posts_a_form_and_a_file(stage: Stage) -> None:
    site = browser(stage.server)
    line, fields, body = told(site.post("/form", {"name": "Ada L."}))
    assert (line, body) == ("POST /form HTTP/1.1", "name=Ada+L.")
    assert fields["Content-Type"] == "application/x-www-form-urlencoded"
    _, fields, body = told(site.post("/form", {"file": Upload("a.bin", b"\0\xff\r\n")}))
    assert fields["Content-Type"].startswith("multipart/form-data; boundary=")
    assert 'filename="a.bin"' in body
    assert "\0\xff\r\n\r\n--" in body


@pytest.mark.parametrize("status", [b"200 OK", b"404 Not Found", b"500 ", b"302 Found", b"599 What"])
def test_any_status_is_an_answer(stage: Stage, status: bytes) -> None:
    stage.answers(b"HTTP/1.1 " + status + b"\r\nContent-Type: text/plain\r\n", b"hello")
    for response in (browser(stage.server).get("/"), browser(stage.server).post("/", {"a": "1"})):
        assert (response.status_int, response.body) == (int(status[:3]), b"hello")
    response = session(stage.server).get(address(stage.server), allow_redirects=False)
    assert (response.status_code, response.content) == (int(status[:3]), b"hello")


def test_requests_posts_files(stage: Stage) -> None:
    response = session(stage.server).post(f"{address(stage.server)}/up", files={"file": ("é.bin", b"\0\xff")})
    line, fields, body = told(response)
    assert (line, fields["Content-Length"]) == ("POST /up HTTP/1.1", str(len(body)))
    assert 'filename="é.bin"'.encode().decode("latin-1") in body


def test_the_same_request_is_sent_in_every_run(stage: Stage) -> None:
    once, again = (
        told(session(stage.server).post(address(stage.server), files={"file": ("a", b"x")})) for _ in range(2)
    )
    assert once == again
    once, again = (told(browser(stage.server).post("/", {"f": Upload("a", b"x")})) for _ in range(2))
    assert once == again


def test_a_boundary_that_is_in_the_body_is_left_alone() -> None:
    fields = {"Content-Type": f"multipart/form-data; boundary={'f' * 32}", "Content-Length": "3"}
    assert repeatable(fields, BOUNDARY) == (fields, BOUNDARY)
    assert repeatable({"Content-Type": "text/plain"}, b"x") == ({"Content-Type": "text/plain"}, b"x")


def test_redirects_are_followed_on_this_server_and_nowhere_else(stage: Stage) -> None:
    stage.answers(b"HTTP/1.1 302 Found\r\nLocation: /again\r\n")
    with pytest.raises(requests.TooManyRedirects):
        session(stage.server).get(address(stage.server))
    stage.answers(b"HTTP/1.1 302 Found\r\nLocation: https://localhost:1/\r\n")
    with pytest.raises(requests.exceptions.InvalidSchema):
        session(stage.server).get(address(stage.server))
    assert session(stage.server).get(address(stage.server), allow_redirects=False).status_code == 302


def test_nothing_is_decompressed(stage: Stage) -> None:
    packed = gzip.compress(bytes(1 << 20))
    stage.answers(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n", packed)
    assert session(stage.server).get(address(stage.server)).content == packed
    assert browser(stage.server).get("/").body == packed


def test_no_answer_is_told_with_its_evidence(stage: Stage) -> None:
    stage.answers(b"HTTP/1.1 200 OK\r\nbroken line\r\n")
    for ask in (
        lambda: browser(stage.server).get("/"),
        lambda: session(stage.server).get(address(stage.server)),
    ):
        with pytest.raises(NoAnswer) as caught:
            ask()
        assert caught.value.answer.malformed is not None
        assert caught.value.request.startswith(b"GET / HTTP/1.1\r\n")


def test_the_transcript_has_it_all(stage: Stage) -> None:
    browser(stage.server).get("/")
    assert [event.action for event in stage.transcript.events()][-4:] == [
        "connects",
        "sends",
        "receives",
        "closes",
    ]
