"""Reports made by hand: every kind of card, and whole reports, as a judge of homework 1 would write them."""

import random

from grader.outcome import Card, Event, Excerpt, Level, Outcome, Report, Result, Status, Visibility, verdict
from grader.outcome import Check as Row

SEED = 4711
RANDOM = random.Random(SEED).randbytes((1 << 20) + 7)

GOAL, ARRIVES = "handout, Goal", "handout, What arrives"
TABLE = (
    Row(id="listens", title="The server listens on the port it is given", points=10, rule=GOAL, gate=True),
    Row(id="short_message", title="A short message comes back", points=20, rule=GOAL),
    Row(id="one_byte", title="One byte comes back, without waiting for a newline", points=20, rule=ARRIVES),
    Row(id="large_message", title="One mebibyte comes back", points=20, rule=ARRIVES),
    Row(id="not_text", title="Bytes that are not UTF-8 come back unchanged", points=20, rule=ARRIVES),
    Row(id="next_client", title="The next client is served after the first has left", points=10, rule=GOAL),
)  # fmt: skip
BY_ID = {row.id: row for row in TABLE}


def sends(data: bytes, connection: int = 1, note: str = "") -> Event:
    """A client sends `data`."""
    return Event(connection, "sends", Excerpt.of(data), note)


def receives(data: bytes, connection: int = 1) -> Event:
    """A client receives `data`."""
    return Event(connection, "receives", Excerpt.of(data))


STARTS = Event(0, "is started")
CONNECTS = Event(1, "connects")
ENDS = Event(1, "ends its sending")
END = Event(1, "sees the end of the stream")


def card(row: str, *events: Event, again: bool = True, **parts: object) -> Card:
    """The card of the check `row`."""
    command = f"make check-hw01 K={row}" if again else ""
    return Card(checked=BY_ID[row].title, sent=events, again=command, **parts)


def around(data: bytes, offset: int) -> Excerpt:
    """What a card shows of `data`."""
    return Excerpt.of(data, offset, 64)


WRONG_CASE = card(
    "short_message",
    STARTS,
    CONNECTS,
    sends(b"hello, echo\r\n"),
    ENDS,
    receives(b"HELLO, ECHO\r\n"),
    expected="the same 13 bytes back",
    got='byte 0 is 0x48 "H", where 0x68 "h" was expected',
    wanted=around(b"hello, echo\r\n", 0),
    came=around(b"HELLO, ECHO\r\n", 0),
    offset=0,
    fault="it changes letters: an echo changes nothing",
    read="lecture 1, A stream of bytes",
    by_hand="python3 -c \"import os, socket; s = socket.create_connection(('127.0.0.1', 8000)); "
    "s.sendall(b'hello, echo\\r\\n'); s.shutdown(socket.SHUT_WR); print(s.recv(65536))\"",
)
MIDDLE = 524_288
CHANGED = RANDOM[:MIDDLE] + b"\x00" + RANDOM[MIDDLE + 1 :]
WRONG_BYTE = card(
    "large_message",
    CONNECTS,
    sends(RANDOM),
    receives(CHANGED),
    expected="the same 1 048 583 bytes back",
    got=f"byte {MIDDLE} is 0x00, where 0x{RANDOM[MIDDLE]:02x} was expected",
    wanted=around(RANDOM, MIDDLE),
    came=around(CHANGED, MIDDLE),
    offset=MIDDLE,
    read="lecture 1, Sending all of it",
    by_hand="python3 -c \"import os, socket; s = socket.create_connection(('127.0.0.1', 8000)); "
    's.sendall(os.urandom(1048583)); print(s.recv(65536))"',
)
SEGMENTS = [b"ab", b"cdefg", b"h", b"again", b"again", b"klmno", b"pq"]
TOO_SHORT = card(
    "short_message",
    CONNECTS,
    *[sends(segment) for segment in SEGMENTS],
    ENDS,
    receives(b"abcdefgh"),
    END,
    expected="the same 25 bytes back",
    got="the connection closed after 8 of 25 bytes",
    wanted=around(b"".join(SEGMENTS), 8),
    came=around(b"abcdefgh", 8),
    offset=8,
    fault="it stops in the middle of the message: one recv() is not one message",
    read="lecture 1, A stream of bytes",
)
STUCK = card(
    "one_byte",
    CONNECTS,
    sends(b"x"),
    Event(1, "waits in vain", note="it waits in recv() on the connection, 0 bytes unread"),
    expected="the same byte back",
    got="nothing, and no more will come: your server waits for something that will never happen",
    wanted=around(b"x", 0),
    offset=0,
    fault="it answers only whole lines",
    diagnosis="it waits in recv() on the connection, 0 bytes unread",
    where=("server.py:31  serve(sys.argv[1], int(sys.argv[2]))", "server.py:12  line = file.readline()"),
    read="lecture 1, Receiving",
)
TRACEBACK = """\
Traceback (most recent call last):
  File "server.py", line 31, in <module>
    serve(sys.argv[1], int(sys.argv[2]))
  File "server.py", line 12, in echo
    text = connection.recv(1024).decode()
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
UnicodeDecodeError: 'utf-8' codec can't decode byte 0x80 in position 0: invalid start byte
"""
CRASH = card(
    "not_text",
    CONNECTS,
    sends(b"\x80\xff\xfe\x00A"),
    END,
    expected="the same 5 bytes back",
    got="the connection closed after 0 bytes",
    wanted=around(b"\x80\xff\xfe\x00A", 0),
    offset=0,
    diagnosis="it ended with exit status 1",
    printed="listening on 127.0.0.1:8000\n" * 12 + TRACEBACK,
    fault="it decodes what it echoes: sockets carry bytes, not text",
    read="lecture 1, A stream of bytes",
)
REFUSED = card(
    "next_client",
    CONNECTS,
    sends(b"first\n"),
    receives(b"first\n"),
    Event(1, "closes"),
    Event(2, "is refused"),
    expected="the next client is served: the same 7 bytes back",
    got="the connection was refused: nobody listens there any more",
    diagnosis="it ended with exit status 0",
    fault="it serves one client and ends",
    read="lecture 1, Ending and closing",
)
RESET = card(
    "next_client",
    *[
        event
        for client in range(1, 9)
        for event in (
            Event(client, "connects"),
            sends(b"hello\n", client),
            receives(b"hello\n", client),
            Event(client, "closes"),
        )
    ],
    Event(9, "connects"),
    sends(b"hello\n", 9, "reading nothing"),
    Event(9, "sees a reset"),
    expected="the same 6 bytes back",
    got="the connection was reset after 0 bytes",
    fault="it closes with bytes unread, so the client sees a reset",
    read="lecture 1, Resets",
)
NOT_LISTENING = card(
    "listens",
    STARTS,
    expected="the server listens on 127.0.0.1, port 8000",
    got="your program ended with exit status 1",
    printed="Traceback (most recent call last):\n  File \"server.py\", line 31, in <module>\n    serve(sys.argv[1], "
    "int(sys.argv[2]))\n  File \"server.py\", line 27, in serve\n    raise NotImplementedError(\"serve\")\n"
    "NotImplementedError: serve\n",
    read="lecture 1, Addresses and ports",
)  # fmt: skip
ELSEWHERE = card(
    "listens",
    STARTS,
    expected="the server listens on 127.0.0.1, port 8000",
    got="it listens on 127.0.0.1, port 12345 instead",
    fault="it does not listen where it was told to",
    diagnosis="it waits in accept() for a client",
    where=('server.py:9  listener.bind(("127.0.0.1", 12345))',),
    read="lecture 1, Addresses and ports",
)
NUL = card(
    "short_message",
    CONNECTS,
    sends(b"before\0after\0\0end\\ \xe9\x1b[31m"),
    receives(b"before"),
    expected="the same 25 bytes back",
    got="6 of 25 bytes, and no more will come",
    wanted=around(b"before\0after\0\0end\\ \xe9\x1b[31m", 6),
    came=around(b"before", 6),
    offset=6,
    fault="it stops at a NUL byte, as a C string would",
)
IMPORT = card(
    "next_client",
    Event(0, "runs", note="python3 -c 'import server' 127.0.0.1 8000"),
    Event(0, "waits in vain", note="it waits in accept() for a client"),
    expected="the import ends by itself and starts nothing",
    got="it goes on",
    diagnosis="it waits in accept() for a client",
    fault="the server starts, or a socket is bound, when the module is imported",
    read="lecture 1, Run or imported",
)
EVIL = "\x1b[31mred\x1b[0m\a\r\x9b2J [red]x[/red] :smile: \u202eevil\u202c [link=http://e.test]y[/link] \u2028 \ufeff"
HOSTILE = card(
    "short_message",
    CONNECTS,
    sends(b"[bold]\x1b[31m", note=EVIL),
    again=False,
    expected=EVIL,
    got="A" * 1_000_000,
    diagnosis=EVIL,
    where=tuple(EVIL for _ in range(50)),
    printed=f"{EVIL}\n" * 500 + "x" * (1 << 20),
    fault=EVIL,
    read=EVIL,
    by_hand=EVIL * 1000,
)
CARDS = {
    "wrong_case": ("short_message", WRONG_CASE),
    "wrong_byte": ("large_message", WRONG_BYTE),
    "too_short": ("short_message", TOO_SHORT),
    "stuck": ("one_byte", STUCK),
    "crash": ("not_text", CRASH),
    "refused": ("next_client", REFUSED),
    "reset": ("next_client", RESET),
    "not_listening": ("listens", NOT_LISTENING),
    "listens_elsewhere": ("listens", ELSEWHERE),
    "import": ("next_client", IMPORT),
    "nul": ("short_message", NUL),
    "hostile": ("short_message", HOSTILE),
}


def result(row: str, outcome: Outcome = Outcome.PASS, **parts: object) -> Result:
    """The result of the check `row`."""
    check = BY_ID[row]
    fields = {
        "level": Level.MUST,
        "points": check.points,
        "earned": check.points if outcome is Outcome.PASS else 0,
    } | parts
    return Result(
        id=row, title=check.title, outcome=outcome, rule=check.rule, seed=SEED, **fields
    )  # fmt: skip


def failure(name: str, **parts: object) -> Result:
    """The failed check that has the card called `name`."""
    row, lesson = CARDS[name]
    return result(row, Outcome.FAIL, card=lesson, transcript=(*lesson.sent, Event(1, "closes")), **parts)


def report(*results: Result, **parts: object) -> Report:
    """A report in which the checks that `results` leaves out passed."""
    given = {one.id: one for one in results}
    rows = tuple(given.get(row.id) or result(row.id) for row in TABLE)
    status, score = verdict(TABLE, {one.id: one.outcome for one in rows})
    fields = {"submission": "ada", "status": status, "score": score, "sandbox": "box", "proof": True} | parts
    return Report(
        step="hw01_echo", title="Echo: every byte back", max_score=100, results=rows, seed=SEED, seconds=0.42,
        **fields,
    )  # fmt: skip


def blocked(*rows: str, by: str) -> tuple[Result, ...]:
    """Checks that wait for the check `by`."""
    return tuple(result(row, Outcome.BLOCKED, blocked_by=by) for row in rows)


AFTER_LISTENS = ("short_message", "one_byte", "large_message", "not_text", "next_client")
REPORTS = {
    "all_pass": report(),
    "one_failed": report(
        failure("stuck"), *blocked("large_message", by="one_byte"), sandbox="world", submission="homework/hw01_echo"
    ),
    "several_failed": report(
        failure("crash"), failure("refused"), failure("too_short"),
        *blocked("one_byte", "large_message", by="short_message"), submission="grace",
    ),
    "not_gradable": report(
        failure("not_listening"), *blocked(*AFTER_LISTENS, by="listens"),
        reason="your program ended with exit status 1", submission="linus",
    ),
    "missing": report(
        *blocked(*(row.id for row in TABLE), by=""), status=Status.NOT_GRADABLE, submission="guido",
        reason="server.py is missing (found: Server.PY)",
    ),
    "broken": report(
        result("large_message", Outcome.BROKEN, trouble="Traceback …\nOSError: [Errno 24] Too many open files"),
        failure("crash"), reason="the grader itself failed at “One mebibyte comes back”", submission="barbara",
    ),
    "unofficial": report(
        failure("wrong_case"), *blocked("one_byte", "large_message", by="short_message"), sandbox="plain",
        proof=False, notes=("only 6 of 23 checks were run",),
    ),
    "kept_back": report(
        failure("stuck", visibility=Visibility.AFTER_DEADLINE), failure("crash", visibility=Visibility.HIDDEN),
        submission="alan",
    ),
    "warnings": report(
        failure("stuck", level=Level.SHOULD, points=0), failure("refused", level=Level.MAY, points=0),
        submission="edsger", score=100,
    ),
}  # fmt: skip
