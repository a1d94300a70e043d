"""scripts/picture.py: what it reads in a transcript, and what it draws."""

import contextlib
import io
import runpy
import socket
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PICTURE = runpy.run_path(str(ROOT / "scripts" / "picture.py"))
SPEAKING = runpy.run_path(str(ROOT / "lectures" / "speaking.py"))
SVG = "{http://www.w3.org/2000/svg}"


def printed(*said: tuple[str, str]) -> str:
    """A transcript, as speaking.py prints it."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        SPEAKING["heading"]("A scene")
        for side, text in said:
            SPEAKING["tell"](side, text)
    return out.getvalue()


def rows(*said: tuple[str, str]) -> list[tuple[str, str, list[str]]]:
    (scene,) = PICTURE["scenes"](printed(*said))
    assert scene.heading == "A scene"
    return [tuple(row) for row in scene.rows]


CLOSED = "close()"
RESET = "recv(4096) raises ConnectionResetError"
END = "close(): end of stream"


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ([("client", "sendall(b'x')")], [("client", "data", ["b'x'"])]),
        ([("ada", "sendall(b'x')")], [("client", "data", ["ada: b'x'"])]),
        ([("server", "sendall(10,000 bytes)")], [("server", "data", ["10,000 bytes"])]),
        ([("server", "sendall(b'')")], [("server", "note", ["sendall(b'')"])]),
        ([("client", "sends a line")], [("client", "data", ["sends a line"])]),
        ([("client", "sendall(b'x')"), ("client", "  b'y'")], [("client", "data", ["b'x'", "b'y'"])]),
        ([("server", "sendall(b'x')"), ("server", "  b'y'")], [("server", "data", ["b'x'", "b'y'"])]),
        ([("client", "recv(1) gives b'x'")], [("client", "note", ["recv(1) gives b'x'"])]),
        (
            [("server", "sendall(b'x') raises BrokenPipeError")],
            [("server", "note", ["sendall(b'x') raises BrokenPipeError"])],
        ),
        ([("server", CLOSED)], [("server", "end", [END])]),
        (
            [("server", CLOSED), ("client", RESET)],
            [("server", "reset", ["close(): reset"]), ("client", "note", [RESET])],
        ),
        (  # the first of two connections ended well
            [("server", CLOSED), ("server", CLOSED), ("bob", RESET)],
            [
                ("server", "end", [END]),
                ("server", "reset", ["close(): reset"]),
                ("client", "note", [f"bob: {RESET}"]),
            ],
        ),
        (  # its own reset says nothing about its close
            [("server", RESET), ("server", CLOSED)],
            [("server", "note", [RESET]), ("server", "end", [END])],
        ),
        (
            [("client", "shutdown(SHUT_WR)"), ("client", CLOSED)],
            [("client", "end", ["shutdown(SHUT_WR): end of stream"]), ("client", "note", [CLOSED])],
        ),
        (
            [("ada", "shutdown(SHUT_WR)"), ("bob", CLOSED)],
            [
                ("client", "end", ["ada: shutdown(SHUT_WR): end of stream"]),
                ("client", "end", ["bob: close(): end of stream"]),
            ],
        ),
    ],
)
def test_a_transcript_is_read_as_it_was_printed(
    said: list[tuple[str, str]], kinds: list[tuple[str, str, list[str]]]
) -> None:
    assert rows(*said) == kinds


def test_a_real_connection_is_read_as_it_was_printed() -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), SPEAKING["pair"]() as (client, server):
        SPEAKING["heading"]("One exchange")
        client.sendall(b"Hello\r\n")
        client.shutdown(socket.SHUT_WR)
        server.recv(4096)
        server.close()
    (scene,) = PICTURE["scenes"](out.getvalue())
    assert [(row.side, row.kind) for row in scene.rows] == [
        ("client", "data"),
        ("client", "end"),
        ("server", "note"),
        ("server", "end"),
    ]


@pytest.mark.parametrize("transcript", ["", "listens\n", "client: listens\n", "client   server\n\n"])
def test_a_transcript_without_a_wire_is_refused(transcript: str) -> None:
    with pytest.raises(PICTURE["NoWire"]):
        PICTURE["scenes"](transcript)


@pytest.mark.parametrize("side", ["client", "server"])
def test_no_text_leaves_the_picture(side: str) -> None:
    long = "sends " + " ".join(f"word{number}" for number in range(40)) + " " + "x" * 200
    tree = ET.fromstring(PICTURE["svg"]("A title", printed((side, long))))
    texts = tree.findall(f"{SVG}text")
    assert len(texts) > 6
    for text in texts:
        assert float(text.get("x", "-1")) >= 0
        assert float(text.get("x", "-1")) + len(text.text or "") * PICTURE["CHARACTER"] <= PICTURE["WIDTH"]
        assert float(text.get("y", "-1")) < float(tree.get("height", "0"))


def test_spaces_and_marks_come_through() -> None:
    picture = PICTURE["svg"]("<b> & more", printed(("client", "sendall(b'<a  b=\"&\">\\r\\n')")))
    tree = ET.fromstring(picture)
    assert tree.findtext(f"{SVG}title") == "<b> & more"
    assert "b'<a  b=\"&\">\\r\\n'" in [text.text for text in tree.findall(f"{SVG}text")]


def test_a_call_has_a_dot_at_its_lane_and_a_remark_of_the_demo_has_none() -> None:
    said = [("client", "recv(1) gives b'x'"), ("server", "gives up"), ("client", "both wait")]
    tree = ET.fromstring(PICTURE["svg"]("A title", printed(*said)))
    dots = [dot.get("cx") for dot in tree.findall(f"{SVG}circle")]
    assert dots == [str(PICTURE["LEFT"]), str(PICTURE["RIGHT"])]


def test_the_picture_can_be_heard() -> None:
    tree = ET.fromstring(PICTURE["svg"]("A title", printed(("client", "sendall(b'x')"), ("server", CLOSED))))
    assert tree.findtext(f"{SVG}desc") == f"A scene: client sends: b'x'; server sends: {END};"
