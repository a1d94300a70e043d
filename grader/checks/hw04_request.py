"""hw04_request: a server that parses, judged over live sockets, and its parser alone, judged beside the server.

What must hold: it greets (hello … absolute_form) · it says no, with the right status (not_allowed … refuses_and_closes)
· it takes what is odd and right (old_version, any_field, empty_line_first, long_head) · it survives (one_byte_at_a_time
… client_leaves) · its parser gives the same requests however the bytes are cut (parser_requests … parser_refuses).

Where RFC 9112 leaves a choice, every choice passes: the table then names several statuses. What is wrong with a request
is mostly told by what follows from it: a wrong Content-Length that is believed leaves the server waiting for a body.
"""

from collections.abc import Iterable
from random import Random

from grader import expect
from grader.bridge.live import address, session
from grader.checks import check
from grader.checks import hw04_bytes as sent
from grader.checks.hw04_bytes import ADA
from grader.expect import http, modules
from grader.wire import Server

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def name(rng: Random) -> str:
    """A name that nobody could know."""
    return "".join(rng.choices(LETTERS, k=rng.randint(4, 9)))


def get(target: bytes, fields: bytes = b"Host: localhost\r\n") -> bytes:
    """A request of HTTP/1.1 for `target`."""
    return b"GET %b HTTP/1.1\r\n%b\r\n" % (target, fields)


def greets(server: Server, request: bytes, text: str) -> None:
    """The answer is 200 and this text, with or without a line end."""
    came = http.exchange(server, request, 200)
    if came.body != text.encode() + b"\n":
        http.body(came, text.encode())


def all_greet(server: Server, requests: Iterable[bytes]) -> None:
    """Ada is greeted by each of these requests."""
    for request in http.rows(server, requests):
        greets(server, request, "hello, ada")


def all_refused(server: Server, requests: Iterable[bytes], *statuses: int) -> None:
    """Each of these requests is answered with one of these statuses."""
    for request in http.rows(server, requests):
        http.exchange(server, request, *statuses)


@check(points=3, gate=True, rule="handout, Goal", read="lecture 1, Addresses and ports")
def listens(server: Server) -> None:
    """The server listens on the port it is given."""
    # That it does is what it takes to have a server here: the fixture has waited for it.
    assert server.port


@check(
    points=4, after=("listens",), rule="handout, What to write", read="lecture 3, A response, byte by byte"
)
def hello(server: Server) -> None:
    """GET / is answered with 200 and Hello, World!"""
    greets(server, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "Hello, World!")


@check(points=4, after=("hello",), rule="handout, What to write", read="lecture 4, The request-line")
def hello_name(server: Server, rng: Random) -> None:
    """GET /name is answered with hello, and the name."""
    for who in (name(rng), name(rng).capitalize()):
        greets(server, get(f"/{who}".encode()), f"hello, {who}")


@check(points=4, after=("hello_name",), rule="RFC 9112 §3.2.1", read="lecture 4, The request-line")
def path_and_query(server: Server) -> None:
    """The path is parted from the query, and then percent-decoded, once."""
    for target, who in http.rows(server, sent.TARGETS):
        greets(server, get(target), f"hello, {who}")


@check(points=3, after=("hello_name",), rule="handout, What to write", read="lecture 4, Saying no")
def not_found(server: Server) -> None:
    """Any other path is answered with 404."""
    all_refused(server, map(get, sent.NOWHERE), 404)


@check(points=3, after=("hello_name",), rule="RFC 9112 §9.6", read="lecture 3, Closing well")
def closes(server: Server) -> None:
    """The connection ends after the response, without a reset, whatever came behind the request."""
    request = get(b"/ada", b"Host: localhost\r\nConnection: close\r\n")
    for behind in http.rows(server, (b"", ADA, b"x" * (1 << 17))):
        client = server.connect()
        client.send(request + behind)
        http.response(client, request, 200)
        http.closes(client)
        client.close()


@check(
    points=2,
    after=("path_and_query",),
    rule="RFC 9110 §8.3",
    read="lecture 3, A response, byte by byte",
)
def client_library(server: Server) -> None:
    """The client library requests reads the greeting as text."""
    for target, who in http.rows(server, (("/Zoë", "Zoë"), ("/漢字?x=1", "漢字"))):
        http.says(session(server).get(address(server) + target).text, f"hello, {who}")


@check(points=2, after=("hello_name",), rule="RFC 9112 §3.2.2", read="lecture 4, The request-line")
def absolute_form(server: Server) -> None:
    """A request-target in absolute-form is served."""
    all_greet(server, map(get, sent.ABSOLUTE))


@check(points=3, after=("hello",), rule="RFC 9110 §15.5.6", read="lecture 4, Saying no")
def not_allowed(server: Server) -> None:
    """POST, PUT and DELETE are answered with 405, and Allow lists GET."""
    for method in http.rows(server, (b"POST", b"PUT", b"DELETE")):
        came = http.exchange(
            server, method + b" / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 405
        )
        http.allows(came, {"get"})


@check(points=2, after=("hello",), rule="RFC 9110 §9.1", read="lecture 4, Saying no")
def unknown_method(server: Server) -> None:
    """A method that nobody knows is answered with 501."""
    for method in http.rows(server, (b"BREW", b"get", b"M-SEARCH", b"GETX")):
        http.exchange(server, method + b" / HTTP/1.1\r\nHost: localhost\r\n\r\n", 501)


@check(points=3, after=("hello",), rule="RFC 9112 §3", read="lecture 4, The request-line")
def request_line(server: Server) -> None:
    """A malformed request-line is answered with 400."""
    all_refused(server, sent.NO_REQUEST_LINE, 400)
    all_refused(server, sent.NO_VERSION, 400, 505)
    all_refused(server, sent.NO_METHOD, 400, 501)


@check(points=2, after=("hello_name",), rule="RFC 9112 §3.2", read="lecture 4, The request-line")
def target_form(server: Server) -> None:
    """GET with a request-target of no form that it may have is answered with 400."""
    all_refused(server, map(get, sent.NO_TARGET), 400)


@check(points=2, after=("hello",), rule="RFC 9110 §15.6.6", read="lecture 4, The request-line")
def version(server: Server) -> None:
    """Another major version than HTTP/1 is answered with 505."""
    for major in http.rows(server, (b"2.0", b"3.1", b"0.9")):
        http.exchange(server, b"GET / HTTP/%b\r\nHost: localhost\r\n\r\n" % major, 505)


@check(points=2, after=("hello_name",), rule="RFC 9112 §3.2", read="lecture 4, The request-line")
def old_version(server: Server) -> None:
    """A request of HTTP/1.0 needs no Host."""
    all_greet(server, (b"GET /ada HTTP/1.0\r\n\r\n", b"GET /ada HTTP/1.0\r\nUser-Agent: old\r\n\r\n"))


@check(points=3, after=("hello",), rule="RFC 9112 §3.2", read="lecture 4, Field-lines")
def host(server: Server) -> None:
    """A request of HTTP/1.1 without Host, or with two, is answered with 400."""
    all_refused(server, sent.WRONG_HOSTS, 400)


@check(points=2, after=("hello_name",), rule="RFC 9112 §5.1", read="lecture 4, Field-lines")
def any_field(server: Server) -> None:
    """Names in any case, white space around values, empty and odd values are served."""
    all_greet(server, (get(b"/ada", fields) for fields in sent.RIGHT_FIELDS))


@check(points=2, after=("hello",), rule="RFC 9112 §5.1", read="lecture 4, Field-lines")
def space_before_colon(server: Server) -> None:
    """A space before the colon is answered with 400."""
    all_refused(server, (get(b"/ada", fields) for fields in sent.SPACES), 400)


@check(points=3, after=("hello",), rule="RFC 9112 §5", read="lecture 4, Field-lines")
def field_line(server: Server) -> None:
    """A field-line without a colon, or whose name is no token, is answered with 400."""
    all_refused(server, (get(b"/ada", b"Host: localhost\r\n" + line) for line in sent.NO_FIELD_LINES), 400)


@check(points=2, after=("hello",), rule="RFC 9112 §5.2", read="lecture 4, Field-lines")
def folded(server: Server) -> None:
    """A folded field-line is answered with 400, or belongs to the line before."""
    all_refused(server, (get(b"/ada", fields) for fields in sent.FOLDED), 200, 400)


@check(points=2, after=("hello",), rule="RFC 9112 §2.2", read="lecture 4, Field-lines")
def control(server: Server) -> None:
    """A bare CR, a NUL and their like end no line: 400, or they are a part of the value."""
    all_refused(server, (get(b"/ada", b"Host: localhost\r\n" + line) for line in sent.CONTROLS), 200, 400)


@check(points=1, after=("hello",), rule="handout, What arrives", read="lecture 4, The request-line")
def lf_alone(server: Server) -> None:
    """Lines that end in LF alone are served, or answered with 400."""
    all_refused(server, sent.LF_ALONE, 200, 400)


@check(points=2, after=("hello_name",), rule="RFC 9112 §2.2", read="lecture 4, The request-line")
def empty_line_first(server: Server) -> None:
    """An empty line before the request-line is skipped."""
    greets(server, b"\r\n" + ADA, "hello, ada")


@check(points=2, after=("hello_name",), rule="RFC 9112 §3", read="lecture 4, Limits")
def long_head(server: Server, rng: Random) -> None:
    """A request-line of 8000 bytes is served, and so are 16 KiB of fields."""
    who = name(rng) + "x" * (sent.LINE - len("GET / HTTP/1.1") - 9)
    greets(server, get(b"/" + who.encode()), f"hello, {who}")
    line = b"X-Note: " + b"x" * 1012 + b"\r\n" + b"X-Note: y\r\n"
    greets(server, get(b"/ada", b"Host: localhost\r\n" + line * (sent.FIELDS // len(line))), "hello, ada")


@check(points=3, after=("closes",), rule="RFC 9110 §15.5.15", read="lecture 4, Limits")
def uri_too_long(server: Server) -> None:
    """A request-line of more than 64 KiB is answered with 414, before it ends."""
    http.exchange(server, (b"GET /" + b"x" * sent.TOO_LONG)[: sent.TOO_LONG], 414)


@check(points=3, after=("closes",), rule="RFC 6585 §5", read="lecture 4, Limits")
def fields_too_large(server: Server) -> None:
    """More than 256 KiB of fields are answered with 431, before they end."""
    begun = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
    for line in http.rows(
        server, (b"X-Note: " + b"x" * sent.TOO_LARGE, b"X-Note: x\r\n" * (sent.TOO_LARGE // 11 + 1))
    ):
        http.exchange(server, begun + line, 431)


@check(points=2, after=("hello_name",), rule="RFC 9112 §6.3", read="lecture 4, The short receive loop")
def body_in_segments(server: Server) -> None:
    """A message body may come with the head, behind it, or in pieces."""
    head = get(b"/ada", b"Host: localhost\r\nContent-Length: 12\r\n")
    for segments in http.rows(
        server,
        ([head + b"\r\n\r\nhi\r\n\r\nyo"], [head, b"hello, hello"], [head + b"hel", b"lo, h", b"ello"]),
    ):
        client = server.connect()
        client.send_segments(segments)
        http.response(client, head, 200)
        client.close()


@check(points=3, after=("hello",), rule="RFC 9110 §8.6", read="lecture 4, The message body")
def content_length(server: Server) -> None:
    """A Content-Length that is not made of digits is answered with 400, and a huge one with 400 or 413."""
    for value in http.rows(server, sent.NO_LENGTHS):
        http.exchange(server, get(b"/", b"Host: localhost\r\nContent-Length: %b\r\n" % value) + b"a" * 5, 400)
    for value, statuses in http.rows(server, sent.CHOICES):
        request = get(b"/", b"Host: localhost\r\nContent-Length: %b\r\n" % value) + b"hello"
        http.exchange(server, request, *statuses)


@check(points=2, after=("body_in_segments",), rule="RFC 9112 §6.3", read="lecture 4, The message body")
def two_lengths(server: Server) -> None:
    """Two lengths that differ are answered with 400; a length told twice may be served."""
    for lines in http.rows(server, sent.MANY_LENGTHS):
        http.exchange(server, get(b"/", b"Host: localhost\r\n" + lines) + b"hello!", 400)
    twice = get(b"/", b"Host: localhost\r\n" + b"Content-Length: 5\r\n" * 2)
    all_refused(server, [twice + b"hello"], 200, 400)


@check(points=3, after=("hello",), rule="RFC 9112 §6.1", read="lecture 4, The message body")
def transfer_encoding(server: Server) -> None:
    """Transfer-Encoding is answered with 501, and together with a Content-Length with 400 or 501."""
    for coding, statuses in http.rows(server, sent.CODINGS):
        fields = b"Host: localhost\r\nTransfer-Encoding: %b\r\n" % coding
        http.exchange(server, get(b"/", fields) + b"5\r\nhello\r\n0\r\n\r\n", *statuses)
    both = get(b"/", b"Host: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 15\r\n")
    all_refused(server, [both + b"5\r\nhello\r\n0\r\n\r\n"], 400, 501)


@check(
    points=2,
    after=("closes", "request_line", "field_line"),
    rule="handout, What to write",
    read="lecture 4, Saying no",
)
def refuses_and_closes(server: Server) -> None:
    """After a request that it cannot read the server closes: what follows is not answered."""
    for wrong in http.rows(
        server, (b"GET ada please HTTP/1.1\r\n\r\n", b"GET /ada HTTP/1.1\r\nHost: localhost\r\nHost\r\n\r\n")
    ):
        client = server.connect()
        client.send(wrong + ADA)
        http.response(client, wrong, 400)
        http.closes(client)
        client.close()


@check(points=2, after=("hello_name",), rule="RFC 9112 §2.2", read="lecture 4, A parser without a socket")
def one_byte_at_a_time(server: Server) -> None:
    """A request that comes byte by byte is answered, and not before its empty line."""
    request = b"GET /ada HTTP/1.1\r\nHost: a\r\n\r\n"
    client = server.connect()
    client.send_segments(bytes([byte]) for byte in request[:-1])
    http.silent(client, "the empty line")
    client.send(request[-1:])
    http.response(client, request, 200)


@check(
    points=2, after=("hello_name",), rule="handout, What to write", read="lecture 4, The short receive loop"
)
def cut_short(server: Server) -> None:
    """A request that breaks off is answered with 400, or with nothing, and the next client is served."""
    for piece, statuses in http.rows(server, sent.PIECES):
        client = server.connect()
        client.send(piece)
        client.settle()
        client.end_sending()
        http.answered_or_closed(client, piece, *statuses)
        client.close()
        greets(server, ADA, "hello, ada")


@check(
    points=2,
    after=("hello_name", "request_line", "field_line"),
    rule="handout, What to write",
    read="lecture 4, Saying no",
)
def garbage(server: Server) -> None:
    """What is odd, or no HTTP at all, is answered or ended, and the next client is served."""
    for nonsense, statuses in http.rows(server, sent.GARBAGE):
        client = server.connect()
        client.send(nonsense)
        http.answered_or_closed(client, nonsense, *statuses)
        client.close()
        greets(server, ADA, "hello, ada")


@check(points=2, after=("hello_name",), rule="handout, What to write", read="lecture 1, Resets")
def client_leaves(server: Server) -> None:
    """A client that leaves without a word, or resets in the middle of a request, does no harm."""
    server.connect().close()
    greets(server, ADA, "hello, ada")
    client = server.connect()
    client.send(ADA[:20])
    client.settle()
    client.reset()
    greets(server, ADA, "hello, ada")


@check(points=2, after=("listens",), rule="handout, What to write", read="lecture 1, Run or imported")
def import_starts_nothing(server: Server) -> None:
    """Importing server.py and request.py starts nothing."""
    with server.beside("-c", "import request, server", server.host, str(server.port)) as (program, waited):
        expect.ended_by_itself(program, waited)


@check(
    points=3,
    after=("listens",),
    rule="handout, What to write",
    read="lecture 4, A parser without a socket",
)
def parser_requests(server: Server) -> None:
    """The parser gives the request that it is fed, and None for a part of one."""
    cases = [sent.whole("a request", data, facts) for data, facts in sent.PLAIN]
    modules.agree(server, sent.IMPORTS, cases + sent.odds_and_ends())


@check(
    points=3,
    after=("parser_requests", "absolute_form", "empty_line_first"),
    rule="handout, What to write",
    read="lecture 4, A parser without a socket",
)
def parser_by_the_byte(server: Server) -> None:
    """Fed byte by byte, the parser gives the same requests, each with its last byte."""
    cases = [sent.by_the_byte("a request, byte by byte", data, facts) for data, facts in sent.REQUESTS]
    modules.agree(server, sent.IMPORTS, cases)


@check(
    points=2,
    after=("parser_requests", "absolute_form", "empty_line_first"),
    rule="handout, What to write",
    read="lecture 4, A parser without a socket",
)
def parser_keeps_the_rest(server: Server) -> None:
    """Bytes behind a request are kept: the next call goes on with them."""
    cases = [
        sent.with_ada_behind("a request, and more behind it", data, facts, split)
        for data, facts in sent.REQUESTS
        for split in (1, 17, len(ADA))
    ]
    modules.agree(server, sent.IMPORTS, cases)


@check(
    points=2,
    after=("parser_requests", "any_field"),
    rule="RFC 9110 §5.3",
    read="lecture 4, Field-lines",
)
def parser_fields(server: Server) -> None:
    """Fields keep their order and their repeats, names in lower case, values without white space around them."""
    modules.agree(server, sent.IMPORTS, sent.fields())


@check(
    points=2,
    after=("parser_by_the_byte", "parser_keeps_the_rest", "body_in_segments"),
    rule="RFC 9112 §6.3",
    read="lecture 4, The message body",
)
def parser_body(server: Server) -> None:
    """The message body is as long as Content-Length says, and holds any bytes."""
    modules.agree(server, sent.IMPORTS, sent.bodies())


@check(
    points=2,
    after=(
        *("parser_by_the_byte", "request_line", "version", "host", "field_line"),
        *("content_length", "transfer_encoding", "uri_too_long"),
    ),
    rule="handout, What to write",
    read="lecture 4, Saying no",
)
def parser_refuses(server: Server) -> None:
    """The parser raises BadRequest with the status, also when it is fed byte by byte."""
    modules.agree(server, sent.IMPORTS, sent.refusals())
