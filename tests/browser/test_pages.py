"""The solutions of homeworks 3 to 6 in a real browser, Chromium, and with curl.

`make browser` installs both where they are missing, and runs this. Without them these tests are skipped.
"""

import hashlib
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from grader.steps import APPLICATIONS, ROOT
from tests.processes import wait_for

CURL = shutil.which("curl")
pytestmark = pytest.mark.skipif(not CURL, reason="`make browser` installs curl")

BINARY = bytes(range(256)) * 40 + b"\r\n--boundary\r\n"


@contextmanager
def serving(solution: str, *arguments: str) -> Iterator[str]:
    """The address of a running solution: "http://127.0.0.1:40000"."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    program = subprocess.Popen(
        [sys.executable, "server.py", "127.0.0.1", str(port), *arguments],
        cwd=ROOT / "solutions" / solution,
        env={"PYTHONPATH": str(ROOT / APPLICATIONS), "PYTHONDONTWRITEBYTECODE": "1"},
        stderr=subprocess.DEVNULL,
    )

    def listens() -> bool:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port)).close()
            return True
        return False

    try:
        wait_for(listens, f"{solution} listening")
        yield f"http://127.0.0.1:{port}"
    finally:
        program.kill()
        program.wait()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    page = chromium.new_page()
    yield page
    page.close()


def curl(*arguments: str) -> str:
    command = [str(CURL), "--silent", "--show-error", "--include", "--max-time", "20", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_page_of_homework_3_is_shown(page: Any) -> None:
    with serving("hw03_response") as address:
        assert page.goto(address).status == 200
        assert "Grüß Gott, 世界!" in page.inner_text("body")
        assert page.title() == "It speaks"
        assert "Connection: close" in curl(address)


def test_homework_4_greets_and_refuses(page: Any) -> None:
    with serving("hw04_request") as address:
        page.goto(f"{address}/Zoë")
        assert page.inner_text("body").strip() == "hello, Zoë"
        assert page.goto(f"{address}/a/b").status == 404
        assert "\nAllow: GET" in curl("--request", "DELETE", f"{address}/ada")
        assert curl("--header", "Host:", f"{address}/ada").startswith("HTTP/1.1 400 ")
        assert curl("--header", "Transfer-Encoding: chunked", "--data", "x", address).startswith(
            "HTTP/1.1 501 "
        )


@pytest.mark.parametrize(
    "server",
    [("hw05_forms",), ("hw06_wsgi_server", "form:app")],
    ids=["by itself", "as a WSGI application"],
)
def test_the_forms_are_filled_in_and_sent(page: Any, server: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "Bücher & 'Blätter'.bin"
    file.write_bytes(BINARY)
    with serving(*server) as address:
        page.goto(address)
        page.fill("#by_get [name=name]", "Zoë <b>")
        page.fill("#by_get [name=note]", "a&b;c=d+e %41")
        page.click("#by_get button")
        assert items(page) == ["name: Zoë <b>", "note: a&b;c=d+e %41"]

        page.goto(address)
        page.fill("#by_post [name=name]", "Ada")
        page.fill("#by_post [name=note]", "two\nlines")
        page.click("#by_post button")
        assert items(page) == ["name: Ada", "note: two lines"]

        page.goto(address)
        page.fill("#upload [name=name]", "Ada")
        page.set_input_files("#upload [name=file]", [file])
        page.click("#upload button")
        digest = hashlib.sha256(BINARY).hexdigest()
        assert items(page) == ["name: Ada", f"file: {file.name}, {len(BINARY)} bytes, sha256 {digest}"]

        page.goto(address)
        page.fill("#greet [name=name]", "Ada & Co")
        page.click("#greet button")
        assert page.url == f"{address}/process_form?name=Ada+%26+Co"
        assert items(page) == ["name: Ada & Co"]

        answer = curl(
            "--location",
            "--form",
            "name=Ada",
            "--form",
            f"file=@{file};type=text/x",
            f"{address}/process_form",
        )
        assert digest in answer


def test_homework_2_on_homework_6(page: Any) -> None:
    with serving("hw06_wsgi_server", "hello:app") as address:
        page.goto(f"{address}/Zoë?x=1")
        assert page.inner_text("body").strip().splitlines() == ["hello, Zoë", "query: x=1"]


def items(page: Any) -> list[str]:
    """What the page says was sent."""
    page.wait_for_url("**/process_form*")
    return [item.replace("\n", " ") for item in page.locator("ul li").all_inner_texts()]
