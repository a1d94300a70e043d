"""hw01_echo: a TCP echo server, judged over live sockets.

What must hold: it listens where it is told (listens, given_address) · it echoes, at once, anything, of any size
and in any split (short_message … line_ends) · it ends connections (closes, half_close) · it serves client after
client, whatever the one before did (next_client … reset_while_writing) · it can be started again and be imported.

The client reads while it sends, except in reads_late. One silent client may block the others: that is homework 9.
"""

from random import Random

from grader import expect
from grader.checks import check
from grader.wire import Server

KIB = 1 << 10
MIB = 1 << 20
BUFFERS = (1 * KIB, 2 * KIB, 4 * KIB, 8 * KIB, 64 * KIB)  # what people pass to recv(), in bytes
LETTERS = b"abcdefghijklmnopqrstuvwxyz"
TO_LETTER = bytes(LETTERS[value % len(LETTERS)] for value in range(256))


def letters(rng: Random, size: int) -> bytes:
    """`size` random letters: where the size is what matters, the bytes should be the plainest.

    Every 64 KiB they begin again one letter later, which costs little and shows a piece that is lost or doubled.
    """
    block = rng.randbytes(64 * KIB).translate(TO_LETTER)
    return b"".join(block[start:] + block[:start] for start in range(size // len(block) + 1))[:size]


@check(points=6, gate=True, rule="handout, Goal", read="lecture 1, Addresses and ports")
def listens(server: Server) -> None:
    """The server listens on the port it is given."""
    # That it does is what it takes to have a server here: the fixture has waited for it.
    assert server.port


@check(points=4, after=("listens",), rule="handout, What to write", read="lecture 1, Addresses and ports")
def given_address(server: Server) -> None:
    """It listens on the address it is given and on no other."""
    expect.refused(server, "127.0.0.2")


@check(points=8, after=("listens",), rule="handout, Goal", read="lecture 1, A stream of bytes")
def short_message(server: Server) -> None:
    """A short message comes back."""
    # A server that waits for the end of the stream gets these points, and loses the next ones.
    client = expect.serves(server, b"hello, echo\r\n")
    expect.nothing_more(client)


@check(points=5, after=("short_message",), rule="handout, What arrives", read="lecture 1, Receiving")
def answers_before_close(server: Server) -> None:
    """The answer comes while the client still waits."""
    client = server.connect()
    client.send(b"are you there?\n")
    expect.echo(client, b"are you there?\n")
    expect.nothing_more(client)


@check(points=3, after=("answers_before_close",), rule="handout, What arrives", read="lecture 1, Receiving")
def one_byte(server: Server) -> None:
    """One byte comes back, without waiting for a newline."""
    client = server.connect()
    client.send(b"x")
    expect.echo(client, b"x")


@check(points=6, after=("answers_before_close",), rule="handout, What arrives", read="lecture 1, Receiving")
def several_messages(server: Server) -> None:
    """Several messages on one connection all come back."""
    client = server.connect()
    for message in (b"one\n", b"two, a little longer\n", b"three\n", b"4\n", b"and five\n"):
        client.send(message)
        expect.echo(client, message)
        client.settle()
    expect.nothing_more(client)


@check(
    points=5,
    after=("several_messages", "one_byte"),
    rule="handout, What arrives",
    read="lecture 1, A stream of bytes",
)
def many_segments(server: Server, rng: Random) -> None:
    """A message in many small segments comes back whole."""
    segments = [bytes(rng.choices(LETTERS, k=rng.randint(1, 7))) for _ in range(38)]
    segments[20:20] = [b"again", b"again"]  # the same bytes twice are still bytes to echo
    client = server.connect()
    client.send_segments(segments)
    expect.echo(client, b"".join(segments))


@check(
    points=5,
    after=("several_messages", "one_byte"),
    rule="handout, What arrives",
    read="lecture 1, Receiving",
)
def full_buffers(server: Server, rng: Random) -> None:
    """Messages of exactly 1024, 2048, 4096, 8192 and 65536 bytes come back."""
    client = server.connect()
    for size in BUFFERS:
        message = letters(rng, size)
        client.send(message)
        expect.echo(client, message)
        client.settle()


@check(points=5, after=("many_segments",), rule="handout, What arrives", read="lecture 1, Sending all of it")
def large_message(server: Server, rng: Random) -> None:
    """One mebibyte comes back."""
    message = letters(rng, MIB + 7)
    client = server.connect()
    client.send(message)
    expect.echo(client, message)


@check(points=5, after=("large_message",), rule="handout, What arrives", read="lecture 1, Sending all of it")
def reads_late(server: Server, rng: Random) -> None:
    """Eight mebibytes come back to a client that reads late."""
    message = letters(rng, 8 * MIB + 13)
    client = server.connect()
    sent = client.send_what_fits(message)  # until the server takes no more …
    client.send(message[sent:])  # … and from here on the client reads while it sends
    expect.echo(client, message)


@check(points=5, after=("one_byte",), rule="handout, What arrives", read="lecture 1, A stream of bytes")
def not_text(server: Server) -> None:
    """Bytes that are not UTF-8 come back unchanged."""
    message = b"caf\xe9 \x80\xff\xfe \xc3\x28 \xf0\x9f\n"
    client = server.connect()
    client.send(message)
    expect.echo(client, message)


@check(points=3, after=("one_byte",), rule="handout, What arrives", read="lecture 1, A stream of bytes")
def nul_bytes(server: Server) -> None:
    """NUL bytes come back."""
    message = b"before\0after\0\0"
    client = server.connect()
    client.send(message)
    expect.echo(client, message)


@check(
    points=3,
    after=("not_text", "nul_bytes"),
    rule="handout, What arrives",
    read="lecture 1, A stream of bytes",
)
def every_byte(server: Server) -> None:
    """Each of the 256 byte values comes back."""
    client = server.connect()
    client.send(bytes(range(256)))
    expect.echo(client, bytes(range(256)))


@check(points=4, after=("one_byte",), rule="handout, What arrives", read="lecture 1, A stream of bytes")
def line_ends(server: Server) -> None:
    """Empty lines and every kind of line end come back."""
    client = server.connect()
    for message in (b"\n", b"\r\n", b"\r", b"\n\n", b"\r\n\r\n", b" \t\r\n"):
        client.send(message)
        expect.echo(client, message)
        client.settle()


@check(
    points=5, after=("short_message",), rule="handout, What to write", read="lecture 1, Ending and closing"
)
def closes(server: Server) -> None:
    """The server closes the connection after the client has ended its sending."""
    client = expect.serves(server, b"goodbye\n")
    expect.end_of_stream(client)


@check(
    points=4,
    after=("closes", "reads_late"),
    rule="handout, What arrives",
    read="lecture 1, Ending and closing",
)
def half_close(server: Server, rng: Random) -> None:
    """A client that ends its sending at once still gets every byte."""
    message = letters(rng, 8 * MIB)
    client = server.connect()
    sent = client.send_what_fits(message)  # megabytes are under way when the end of the stream arrives
    client.end_sending()
    expect.echo(client, message[:sent])
    expect.end_of_stream(client)


@check(points=4, after=("closes",), rule="handout, What to write", read="lecture 1, Ending and closing")
def next_client(server: Server) -> None:
    """The next client is served after the first has left."""
    first = expect.serves(server, b"first\n")
    first.close()
    first.settle()
    expect.serves(server, b"second\n")


@check(points=3, after=("next_client",), rule="handout, What to write", read="lecture 1, Ending and closing")
def many_clients(server: Server) -> None:
    """300 clients, one after another, leave no descriptor open."""
    for _ in range(300):  # the program may have 256 files open
        client = server.connect()
        client.send(b"hi\n")
        client.end_sending()
        expect.echo(client, b"hi\n")
        expect.end_of_stream(client)
        client.close()


@check(points=4, after=("next_client",), rule="handout, What to write", read="lecture 1, Ending and closing")
def silent_visitor(server: Server) -> None:
    """A client that comes and leaves without a word does no harm."""
    client = server.connect()
    client.close()
    client.settle()
    expect.serves(server, b"is anybody there?\n")


@check(points=3, after=("next_client",), rule="handout, What to write", read="lecture 1, Resets")
def reset_while_reading(server: Server) -> None:
    """A client that resets the connection while the server reads does no harm."""
    client = server.connect()
    client.send(b"one more thing\n")
    client.settle()  # the server has taken it, and waits in recv() for more
    client.reset()
    client.settle()
    expect.serves(server, b"is anybody there?\n")


@check(
    points=3,
    after=("next_client", "answers_before_close"),
    rule="handout, What to write",
    read="lecture 1, Resets",
)
def reset_while_writing(server: Server) -> None:
    """A client that resets the connection while the server writes does no harm."""
    client = server.connect(hold_little=True)
    client.send_what_fits(bytes(16 * MIB))  # until the server waits in send() for a client that does not read
    client.reset()
    client.settle()
    expect.serves(server, b"is anybody there?\n")


@check(
    points=4, after=("short_message",), rule="handout, What to write", read="lecture 1, Addresses and ports"
)
def restart(server: Server) -> None:
    """The server can be started again at once on the same port."""
    lingers = server.connect()
    lingers.send(b"still here\n")
    lingers.settle()
    server.restart()
    expect.serves(server, b"is anybody there?\n")


@check(points=3, after=("listens",), rule="handout, What to write", read="lecture 1, Run or imported")
def import_starts_nothing(server: Server) -> None:
    """Importing server.py starts nothing."""
    with server.beside("-c", "import server", server.host, str(server.port)) as (program, waited):
        expect.ended_by_itself(program, waited)
