"""hw03_response: a server that reads the head of a request and answers with one page, judged over live sockets.

What must hold: it listens (listens, given_address) · it answers client after client (answers, next_client) · the
response is well-formed, layer by layer (status_line … announces_close) · it ends in good order (closes, no_reset,
one_response) · any request has the same answer (any_target … same_page) · the head is read to its end (unasked …
large_head) · clients that leave do no harm (silent_visitor … many_clients) · it can be restarted and imported.

A check of one layer forgives what another layer judges: a wrong line end is no wrong status. What is asked is the
head only, so a client never ends its sending before it has its answer. HEAD is not sent: that is homework 7.
"""

from grader import expect
from grader.bridge.live import address, session
from grader.checks import check
from grader.expect import heads, http
from grader.wire import Server

HOST = b"Host: localhost\r\n"
GET = b"GET / HTTP/1.1\r\n" + HOST + b"\r\n"
POST = b"POST /sign HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n"
TEXT = "Grüß Gott, 世界!"

TARGETS = (
    b"GET /tea HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /a/b/../c?cups=2&milk= HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET //caf%C3%A9%00 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET http://localhost/tea HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
)
METHODS = (b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"BREW")
ASKED_FOR = (("GET", "/", b""), ("GET", "/tea?cups=2", b""), ("POST", "/sign", b"name=Ada"))
BODIES = (
    POST % 8 + b"name=Ada",
    POST % 10 + b"\r\n\r\nGET /\r",
    POST % 2 + b"\r\n",
)
# Heads that ask for the same page: of curl, of a browser, of Python's urllib, and of a monitoring script.
CLIENTS = (
    b"GET / HTTP/1.1\r\nHost: localhost:8000\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n",
    b"GET /tea?cups=2 HTTP/1.1\r\nHost: localhost:8000\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) "
    b"Gecko/20100101 Firefox/128.0\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
    b"Accept-Language: de-AT,de;q=0.8,en-GB;q=0.5,en;q=0.3\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
    b"DNT: 1\r\nConnection: keep-alive\r\nCookie: theme=dark; cart=" + b"0123456789abcdef" * 40 + b"\r\n"
    b"Upgrade-Insecure-Requests: 1\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\n"
    b"Sec-Fetch-Site: none\r\nSec-Fetch-User: ?1\r\nPriority: u=0, i\r\n\r\n",
    b"GET / HTTP/1.1\r\nAccept-Encoding: identity\r\nHost: localhost:8000\r\n"
    b"User-Agent: Python-urllib/3.11\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost:localhost\r\nX-EMPTY:\r\nx-tab:\tyes \r\n\r\n",
)
# One head in two segments, cut in the middle of a line, after a line, and right before a colon.
HALVES = (
    (b"GE", b"T / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    (b"GET / HTTP/1.1\r\nHost: loc", b"alhost\r\n\r\n"),
    (b"GET / HTTP/1.1\r\n", b"Host: localhost\r\n\r\n"),
    (b"GET / HTTP/1.1\r\nHost", b": localhost\r\n\r\n"),
)
ENDS = (
    (b"GET / HTTP/1.1\r\nHost: localhost\r", b"\n\r\n"),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"\r\n"),
    (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r", b"\n"),
)
NOT_TEXT = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: city=caf\xe9 \x80\xff\r\n\r\n",
    b"GET /caf\xe9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
)


@check(points=3, gate=True, rule="handout, Goal", read="lecture 1, Addresses and ports")
def listens(server: Server) -> None:
    """The server listens on the port it is given."""
    # That it does is what it takes to have a server here: the fixture has waited for it.
    assert server.port


@check(points=1, after=("listens",), rule="handout, What to write", read="lecture 1, Addresses and ports")
def given_address(server: Server) -> None:
    """It listens on the address it is given and on no other."""
    expect.refused(server, "127.0.0.2")


@check(points=5, after=("listens",), rule="handout, Goal", read="lecture 3, A request, byte by byte")
def answers(server: Server) -> None:
    """A request gets an answer while the client still waits."""
    heads.answered(server, GET)


@check(points=4, after=("answers",), rule="handout, What to write", read="lecture 1, Ending and closing")
def next_client(server: Server) -> None:
    """The next client gets an answer after the first has left."""
    first = server.connect()
    first.send(GET)
    heads.came_for(first, GET)
    first.close()
    first.settle()
    heads.answered(server, GET)


@check(points=5, after=("answers",), rule="RFC 9112 §4", read="lecture 3, A response, byte by byte")
def status_line(server: Server) -> None:
    """The answer begins with a status-line: HTTP/1.1 or HTTP/1.0, 200, and a reason-phrase."""
    heads.status_line(heads.answered(server, GET), 200)


@check(points=5, after=("status_line",), rule="RFC 9112 §2.2", read="lecture 3, A response, byte by byte")
def line_ends(server: Server) -> None:
    """Every line of the head ends in CRLF."""
    heads.line_ends(heads.answered(server, GET))


@check(points=4, after=("line_ends",), rule="RFC 9112 §2.1", read="lecture 3, A response, byte by byte")
def empty_line(server: Server) -> None:
    """An empty line ends the head."""
    heads.empty_line(heads.answered(server, GET))


@check(points=3, after=("empty_line",), rule="RFC 9112 §5", read="lecture 3, A response, byte by byte")
def field_lines(server: Server) -> None:
    """Every field-line is a name, a colon right behind it, and a value."""
    heads.fields(heads.answered(server, GET))


@check(points=3, after=("field_lines",), rule="RFC 9110 §8.3", read="lecture 3, What the body is")
def content_type(server: Server) -> None:
    """Content-Type says text/html."""
    http.field(heads.fields(heads.answered(server, GET)), "Content-Type", "text/html")


@check(points=2, after=("content_type",), rule="RFC 9110 §8.3", read="lecture 3, What the body is")
def charset(server: Server) -> None:
    """Content-Type says charset=utf-8."""
    heads.parameter(heads.fields(heads.answered(server, GET)), "Content-Type", "charset", "utf-8")


@check(points=4, after=("field_lines",), rule="RFC 9110 §8.6", read="lecture 3, How long the body is")
def content_length(server: Server) -> None:
    """Content-Length is there, and is a number."""
    heads.stated_length(heads.answered(server, GET))


@check(points=5, after=("content_length",), rule="RFC 9110 §8.6", read="lecture 3, How long the body is")
def body_length(server: Server) -> None:
    """The body has as many bytes as Content-Length says, not one more and not one less."""
    client = server.connect()
    client.send(GET)
    response = http.response(client, GET)
    http.nothing_behind(client, response)


@check(points=3, after=("body_length",), rule="handout, What to write", read="lecture 3, What the body is")
def page(server: Server) -> None:
    """The page says Grüß Gott, 世界! in UTF-8."""
    http.contains(http.exchange(server, GET, 200), TEXT)


@check(points=2, after=("field_lines",), rule="RFC 9112 §9.6", read="lecture 3, Closing well")
def announces_close(server: Server) -> None:
    """The head announces the close: Connection: close, or an answer in HTTP/1.0."""
    response = heads.fields(heads.answered(server, GET))
    if response.version == (1, 1):
        heads.option(response, "Connection", "close")


@check(points=5, after=("answers",), rule="RFC 9112 §9.6", read="lecture 3, Closing well")
def closes(server: Server) -> None:
    """The server ends its stream after the response, before the client ends its own."""
    client = server.connect()
    client.send(GET)
    heads.came_for(client, GET)
    http.ends(client)


@check(
    points=2,
    after=("next_client", "status_line"),
    rule="handout, What to write",
    read="lecture 3, Status codes",
)
def any_target(server: Server) -> None:
    """Any request-target is answered with 200."""
    heads.each(server, TARGETS)


@check(
    points=2,
    after=("next_client", "status_line"),
    rule="handout, What to write",
    read="lecture 3, Status codes",
)
def any_method(server: Server) -> None:
    """Any method is answered with 200."""
    heads.each(
        server, [method + b" / HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\n\r\n" for method in METHODS]
    )


@check(
    points=3,
    after=("next_client", "answers"),
    rule="handout, What arrives",
    read="lecture 3, Where the head ends",
)
def body_behind_head(server: Server) -> None:
    """A request whose body comes in the same segment as its head is answered."""
    for request in http.rows(server, BODIES):
        heads.answered(server, request)


@check(
    points=2, after=("next_client",), rule="handout, What arrives", read="lecture 3, A request, byte by byte"
)
def not_text(server: Server) -> None:
    """A head with bytes that are not UTF-8 is answered."""
    for request in http.rows(server, NOT_TEXT):
        heads.answered(server, request)


@check(
    points=2, after=("next_client",), rule="handout, What arrives", read="lecture 3, A request, byte by byte"
)
def real_clients(server: Server) -> None:
    """The heads of curl, of a browser and of other clients are answered."""
    for request in http.rows(server, CLIENTS):
        heads.answered(server, request)


@check(
    points=2,
    after=("page", "charset", "body_behind_head", "any_target", "any_method"),
    rule="handout, What to write",
    read="lecture 3, What the body is",
)
def same_page(server: Server) -> None:
    """The client library requests reads the same text, whatever it asks for."""
    library = session(server)
    for method, target, body in http.rows(server, ASKED_FOR):
        http.says(library.request(method, address(server) + target, data=body).text, TEXT)


@check(points=5, after=("closes", "body_behind_head"), rule="RFC 9112 §9.6", read="lecture 3, Closing well")
def no_reset(server: Server) -> None:
    """A client that sends 16 megabytes of body sees the end of the stream, and no reset."""
    body = b"name=Ada&" * (16_000_000 // 9)  # more than the buffers on the way hold
    client = server.connect()
    client.send_what_fits(
        POST % len(body)
    )  # it reads nothing, and so does not notice that the server has ended …
    client.send_what_fits(body)  # … and goes on sending
    http.ends(client)


@check(
    points=2,
    after=("body_length", "closes", "body_behind_head"),
    rule="RFC 9112 §9.6",
    read="lecture 3, Closing well",
)
def one_response(server: Server) -> None:
    """Two requests on one connection get one response, and then the end of the stream."""
    client = server.connect()
    client.send(GET + GET)
    http.response(client, GET)
    http.closes(client)


@check(points=2, after=("answers",), rule="RFC 9112 §9.1", read="lecture 3, Where the head ends")
def unasked(server: Server) -> None:
    """A client that has sent nothing gets nothing."""
    http.silent(server.connect(), "a request has come")


@check(points=5, after=("unasked",), rule="handout, What arrives", read="lecture 3, Where the head ends")
def waits_for_the_head(server: Server) -> None:
    """Nothing is sent before the head has ended."""
    client = server.connect()
    for line in (b"GET / HTTP/1.1\r\n", HOST, b"Accept: */*\r\n"):
        client.send_segments([line])
        http.silent(client, "the empty line of the head")


@check(
    points=3,
    after=("waits_for_the_head", "next_client"),
    rule="handout, What arrives",
    read="lecture 3, Where the head ends",
)
def two_segments(server: Server) -> None:
    """A head in two segments is answered, wherever it is cut."""
    for first, second in http.rows(server, HALVES):
        in_segments(server, [first], second)


@check(points=3, after=("two_segments",), rule="handout, What arrives", read="lecture 3, Where the head ends")
def split_end(server: Server) -> None:
    """A head that is cut between the four bytes of its end is answered."""
    for first, second in http.rows(server, ENDS):
        in_segments(server, [first], second)


@check(points=2, after=("split_end",), rule="handout, What arrives", read="lecture 3, Where the head ends")
def byte_by_byte(server: Server) -> None:
    """A head that comes byte by byte is answered."""
    *segments, last = [GET[at : at + 1] for at in range(len(GET))]
    in_segments(server, segments, last)


@check(
    points=2,
    after=("two_segments", "real_clients"),
    rule="handout, What arrives",
    read="lecture 3, Where the head ends",
)
def large_head(server: Server) -> None:
    """A head of 20 kilobytes is read to its end."""
    fields = b"".join(b"X-Field-%d: " % number + b"x" * 400 + b"\r\n" for number in range(48))
    in_segments(server, [b"GET / HTTP/1.1\r\n" + HOST + fields], b"Accept: */*\r\n\r\n")


@check(points=2, after=("next_client",), rule="handout, What to write", read="lecture 1, Ending and closing")
def silent_visitor(server: Server) -> None:
    """A client that comes and leaves without a word does no harm."""
    client = server.connect()
    client.close()
    client.settle()
    heads.answered(server, GET)


@check(
    points=1, after=("silent_visitor",), rule="handout, What to write", read="lecture 3, Where the head ends"
)
def leaves_in_the_head(server: Server) -> None:
    """A client that leaves in the middle of its head does no harm."""
    client = server.connect()
    client.send_segments([b"GET / HTTP/1.1\r\nHo"])
    client.close()
    client.settle()
    heads.answered(server, GET)


@check(points=2, after=("next_client",), rule="handout, What to write", read="lecture 1, Resets")
def reset_in_the_head(server: Server) -> None:
    """A client that resets the connection in the middle of its head does no harm."""
    client = server.connect()
    client.send_segments([b"GET / HTTP/1.1\r\nHo"])  # the server has taken it, and waits in recv() for more
    client.reset()
    client.settle()
    heads.answered(server, GET)


@check(points=1, after=("reset_in_the_head",), rule="handout, What to write", read="lecture 3, Closing well")
def reset_after_the_answer(server: Server) -> None:
    """A client that resets the connection once it has its answer does no harm."""
    client = server.connect()
    client.send(GET)
    heads.came_for(client, GET)
    client.settle()  # the server has done its part, or waits for the client's end
    client.reset()
    client.settle()
    heads.answered(server, GET)


@check(
    points=1,
    after=("next_client", "closes"),
    rule="handout, What to write",
    read="lecture 1, Ending and closing",
)
def many_clients(server: Server) -> None:
    """300 clients, one after another, leave no descriptor open."""
    for _ in range(300):  # the program may have 256 files open
        heads.answered(server, GET)


@check(points=1, after=("answers",), rule="handout, What to write", read="lecture 1, Addresses and ports")
def restart(server: Server) -> None:
    """The server can be started again at once on the same port."""
    lingers = server.connect()
    lingers.send_segments([b"GET / HTTP/1.1\r\n"])
    server.restart()
    heads.answered(server, GET)


@check(points=1, after=("listens",), rule="handout, What to write", read="lecture 1, Run or imported")
def import_starts_nothing(server: Server) -> None:
    """Importing server.py starts nothing."""
    with server.beside("-c", "import server", server.host, str(server.port)) as (program, waited):
        expect.ended_by_itself(program, waited)


def in_segments(server: Server, segments: list[bytes], last: bytes) -> None:
    """A new client sends these and gets nothing, then the last, and gets an answer."""
    client = server.connect()
    client.send_segments(segments)
    http.silent(client, "the end of the head")
    client.send(last)
    heads.came_for(client, b"".join([*segments, last]))
    client.close()
