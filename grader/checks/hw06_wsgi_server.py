"""hw06_wsgi_server: a server that runs any WSGI application (PEP 3333, "The Server/Gateway Side").

What must hold: it runs the application that it is told to (listens … constructor) · environ is right (path_info …
fresh_environ) · wsgi.input ends where the message body ends (read_body … input_unread) · start_response is called once,
and looked at (start_late … never_started) · what the application gives is sent, chunk by chunk (shapes … streams) ·
close() is called (closes … closes_when_client_leaves) · whatever fails, a client gets an honest answer (raises …
serves_on) · the applications of homework 2 and 5 run on it (hello_app … upload).

The application is grader/applications/probe.py, which does what the path says. How HTTP itself is parsed was judged in
homework 4, and is not judged again.
"""

from random import Random

from grader.bridge.live import address, browser, session
from grader.checks import check
from grader.expect import ended_by_itself, gateway, http, modules, pages
from grader.expect.modules import Case
from grader.outcome import Level
from grader.wire import Server

# The path as it is sent, and the bytes that it stands for, as Latin-1.
DECODED = (
    (b"/environ/caf%C3%A9", "/environ/caf\xc3\xa9"),
    (b"/environ/%E9%FF", "/environ/\xe9\xff"),
    (b"/environ/50%2525", "/environ/50%25"),
    (b"/environ/1+1%3F", "/environ/1+1?"),
    (b"/environ/%61;b=c/./d//e", "/environ/a;b=c/./d//e"),
)
REQUEST_LINES = (("GET", "HTTP/1.1"), ("POST", "HTTP/1.0"), ("DELETE", "HTTP/1.1"))
QUERIES = (b"a=1&b=2", b"a=%C3%A9+%41", b"?", b"a?b=/c", b"a=1%262&a=")
FIELDS = b"X-Visitor-Name: Ada\r\nX-Colour: r\xf6d\r\nAccept-Language: en\r\n"
LINES = b"one\r\ntwo\n\nfour\n"  # 15 bytes, four lines
# A path, and the body that the application gives there.
SHAPES = (
    (b"/body/list", b"first second last"),
    (b"/body/tuple", b"first last"),
    (b"/body/generator", b"first last"),
    (b"/body/object", b"first last"),
    (b"/body/gaps", b"first last"),
)
EMPTY = (b"/body/empty_list", b"/body/empty_chunk", b"/body/empty_generator")


def get(path: bytes, fields: bytes = b"") -> bytes:
    """A request without a message body. `fields`: more field-lines, each with its CRLF."""
    return b"GET %b HTTP/1.1\r\nHost: localhost\r\n%b\r\n" % (path, fields)


def post(path: bytes, body: bytes, fields: bytes = b"") -> bytes:
    """A request with this message body."""
    length = b"Content-Length: %d\r\n" % len(body)
    return b"POST %b HTTP/1.1\r\nHost: localhost\r\n%b%b\r\n%b" % (path, length, fields, body)


def word(rng: Random) -> str:
    """A word that nobody could know."""
    return "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=12))


# The server, and the application that it is told to run.


@check(points=3, gate=True, rule="handout, What to write", read="lecture 7, The split")
def listens(server: Server) -> None:
    """The server starts with the application that it is told to run, and listens."""
    # That it does is what it takes to have a server here: the fixture has waited for it.
    assert server.port


@check(points=4, after=("listens",), rule="PEP 3333, The Server/Gateway Side", read="lecture 7, The split")
def calls_application(server: Server) -> None:
    """A request is answered with what the application says."""
    http.body(http.exchange(server, get(b"/"), 200), b"the probe is here")


@check(points=2, after=("calls_application",), rule="handout, What to write", read="lecture 7, The split")
def named_application(server: Server) -> None:
    """It runs the application that MODULE:APP names, whatever the name behind the colon."""
    server.restart("probe:another")
    http.body(http.exchange(server, get(b"/"), 200), b"another application")


@check(points=2, after=("listens",), rule="handout, What to write", read="lecture 6, Run or imported")
def import_starts_nothing(server: Server) -> None:
    """Importing server.py starts nothing."""
    with server.beside("-c", "import server") as (program, waited):
        ended_by_itself(program, waited)


@check(
    points=3,
    after=("import_starts_nothing",),
    rule="handout, What to write",
    read="lecture 7, The split",
)
def constructor(server: Server) -> None:
    """Server(host, port, app) binds nothing: that is for serve_forever()."""
    port = server.port + 1  # nobody listens there
    made = f'[Server("{server.host}", {port}, print) for _ in range(2)]'
    callables = "[callable(each.serve_forever) for each in made]"
    bound = f'socket.socket().bind(("{server.host}", {port}))'
    modules.agree(
        server,
        "import socket; from server import Server",
        [
            Case("two servers for one port", callables, ([True, True],), setup=f"made = {made}"),
            Case("the port of a server that does not serve yet", bound, (None,), setup=f"made = {made}"),
        ],
    )


# environ.


@check(
    points=3,
    after=("calls_application",),
    rule="PEP 3333, environ Variables",
    read="lecture 7, environ, key by key",
)
def path_info(server: Server) -> None:
    """PATH_INFO is the path, and SCRIPT_NAME is empty."""
    given = gateway.environ(server, get(b"/environ/and/more"))
    gateway.variable(given, "PATH_INFO", "/environ/and/more")
    gateway.variable(given, "SCRIPT_NAME", "")


@check(points=3, after=("path_info",), rule="PEP 3333, Unicode Issues", read="lecture 7, environ, key by key")
def path_decoded(server: Server) -> None:
    """PATH_INFO is percent-decoded, once, and each byte is the character of that number."""
    for path, wanted in http.rows(server, DECODED):
        gateway.variable(gateway.environ(server, get(path)), "PATH_INFO", wanted)


@check(
    points=3, after=("path_info",), rule="PEP 3333, environ Variables", read="lecture 7, environ, key by key"
)
def query_string(server: Server) -> None:
    """QUERY_STRING is what stands behind the first question mark, as it came."""
    for query in http.rows(server, QUERIES):
        given = gateway.environ(server, get(b"/environ?" + query))
        gateway.variable(given, "QUERY_STRING", query.decode())
        gateway.variable(given, "PATH_INFO", "/environ")
    server.begin_anew()
    gateway.variable(gateway.environ(server, get(b"/environ")), "QUERY_STRING", "")


@check(
    points=2, after=("path_info",), rule="PEP 3333, environ Variables", read="lecture 7, environ, key by key"
)
def request_line(server: Server) -> None:
    """REQUEST_METHOD and SERVER_PROTOCOL are the method and the version of the request-line."""
    for method, version in http.rows(server, REQUEST_LINES):
        request = f"{method} /environ {version}\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
        given = gateway.environ(server, request.encode())
        gateway.variable(given, "REQUEST_METHOD", method)
        gateway.variable(given, "SERVER_PROTOCOL", version)


@check(points=3, after=("path_info",), rule="handout, What to write", read="lecture 7, environ, key by key")
def addresses(server: Server) -> None:
    """SERVER_NAME, SERVER_PORT and REMOTE_ADDR say who talks to whom, each as a str."""
    given = gateway.environ(server, get(b"/environ"))
    gateway.variable(given, "SERVER_NAME")
    gateway.variable(given, "SERVER_PORT", str(server.port))
    gateway.variable(given, "REMOTE_ADDR", "127.0.0.1")


@check(
    points=3, after=("path_info",), rule="PEP 3333, environ Variables", read="lecture 7, environ, key by key"
)
def content_variables(server: Server) -> None:
    """CONTENT_TYPE and CONTENT_LENGTH are those of the request, without HTTP_ in front, or empty or missing."""
    given = gateway.environ(server, post(b"/environ", b"five!", b"Content-Type: text/x-probe; a=b\r\n"))
    gateway.variable(given, "CONTENT_TYPE", "text/x-probe; a=b")
    gateway.variable(given, "CONTENT_LENGTH", "5")
    gateway.absent(given, "HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH")
    server.begin_anew()
    given = gateway.environ(server, get(b"/environ"))
    gateway.variable(given, "CONTENT_TYPE", "")
    gateway.variable(given, "CONTENT_LENGTH", "")


@check(
    points=3, after=("path_info",), rule="PEP 3333, environ Variables", read="lecture 7, environ, key by key"
)
def fields(server: Server) -> None:
    """Every other field is there as HTTP_ and its name, with underscores for dashes."""
    given = gateway.environ(server, get(b"/environ", FIELDS))
    gateway.variable(given, "HTTP_HOST", "localhost")
    gateway.variable(given, "HTTP_X_VISITOR_NAME", "Ada")
    gateway.variable(given, "HTTP_X_COLOUR", "r\xf6d")
    gateway.variable(given, "HTTP_ACCEPT_LANGUAGE", "en")


@check(points=2, after=("fields",), rule="RFC 9110 §5.3", read="lecture 7, environ, key by key")
def repeated_fields(server: Server) -> None:
    """The values of a field that comes several times are joined by commas."""
    lines = b"X-Visitor: Ada\r\nAccept: text/html\r\nx-visitor: Grace\r\nX-VISITOR: Mary\r\n"
    given = gateway.environ(server, get(b"/environ", lines))
    gateway.joined(given, "HTTP_X_VISITOR", "Ada", "Grace", "Mary")
    gateway.variable(given, "HTTP_ACCEPT", "text/html")


@check(
    points=0,
    level=Level.SHOULD,
    after=("fields",),
    rule="RFC 9110 §17.10",
    read="lecture 7, environ, key by key",
)
def underscores(server: Server) -> None:
    """A field with an underscore in its name does not pose as the one with a dash."""
    given = gateway.environ(server, get(b"/environ", b"X-User: ada\r\nX_User: root\r\n"))
    gateway.variable(given, "HTTP_X_USER", "ada")


@check(
    points=3, after=("path_info",), rule="PEP 3333, environ Variables", read="lecture 7, environ, key by key"
)
def wsgi_keys(server: Server) -> None:
    """The keys of WSGI are there, with their types."""
    given = gateway.environ(server, get(b"/environ"))
    gateway.value(given, "wsgi.version", "tuple", "(1, 0)")
    gateway.value(given, "wsgi.url_scheme", "str", "http")
    gateway.stream(given, "wsgi.input", "read", "readline", "readlines", "__iter__")
    gateway.stream(given, "wsgi.errors", "write", "writelines", "flush")
    for key in ("wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once"):
        gateway.value(given, key, "", "")


@check(
    points=3,
    after=("wsgi_keys", "query_string"),
    rule="PEP 3333, environ Variables",
    read="lecture 7, environ, key by key",
)
def fresh_environ(server: Server) -> None:
    """Each request has a dict of its own for environ: what is done to one is not seen in the next."""
    http.exchange(server, get(b"/mark", b"X-Visitor: Ada\r\n"), 200)
    given = gateway.environ(server, get(b"/environ"))
    gateway.is_dict(given)
    gateway.absent(given, "probe.mark", "HTTP_X_VISITOR")
    gateway.variable(given, "QUERY_STRING", "")
    gateway.value(given, "wsgi.url_scheme", "str", "http")


# wsgi.input.


@check(points=3, after=("path_info",), rule="PEP 3333, Input and Error Streams", read="lecture 7, wsgi.input")
def read_body(server: Server) -> None:
    """wsgi.input gives the message body."""
    gateway.reads(http.exchange(server, post(b"/read/15", LINES), 200), LINES.decode())


@check(points=2, after=("read_body",), rule="PEP 3333, Input and Error Streams", read="lecture 7, wsgi.input")
def read_pieces(server: Server) -> None:
    """wsgi.input can be read n bytes at a time, and line by line."""
    gateway.reads(http.exchange(server, post(b"/read/5/2/8", LINES), 200), "one\r\n", "tw", "o\n\nfour\n")
    server.begin_anew()
    request = post(b"/read/line/3/line/line/line", LINES)
    gateway.reads(http.exchange(server, request, 200), "one\r\n", "two", "\n", "\n", "four\n")


@check(points=3, after=("read_body",), rule="PEP 3333, Input and Error Streams", read="lecture 7, wsgi.input")
def input_ends(server: Server) -> None:
    """wsgi.input ends with the message body: to read more gives nothing, and does not wait."""
    response = http.exchange(server, post(b"/read/all/all/1/line", LINES), 200)
    gateway.reads(response, LINES.decode(), "", "", "")
    server.begin_anew()
    gateway.reads(http.exchange(server, post(b"/read/10/100", LINES), 200), "one\r\ntwo\n\n", "four\n")
    server.begin_anew()
    client = server.connect()
    request = post(b"/read/100/1", LINES) + get(b"/")
    client.send(request)
    gateway.reads(http.response(client, request, 200), LINES.decode(), "")


@check(
    points=2, after=("input_ends",), rule="PEP 3333, Input and Error Streams", read="lecture 7, wsgi.input"
)
def no_input(server: Server) -> None:
    """Where there is no message body wsgi.input is empty, and reading it does not wait."""
    gateway.reads(http.exchange(server, get(b"/read/all/5/line"), 200), "", "", "")


@check(
    points=2, after=("input_ends",), rule="PEP 3333, Input and Error Streams", read="lecture 7, wsgi.input"
)
def read_lines(server: Server) -> None:
    """wsgi.input gives all its lines by readlines() and by iteration."""
    lines = ["one\r\n", "two\n", "\n", "four\n"]
    for path in http.rows(server, (b"/read/lines/lines", b"/read/each/each")):
        gateway.reads(http.exchange(server, post(path, LINES), 200), lines, [])


@check(points=2, after=("read_body",), rule="PEP 3333, Input and Error Streams", read="lecture 7, wsgi.input")
def input_in_segments(server: Server) -> None:
    """A message body that arrives in segments is read whole."""
    request = post(b"/read/12/3", LINES)
    client = server.connect()
    client.send_segments((request[:-10], request[-10:-9], request[-9:-3], request[-3:]))
    gateway.reads(http.response(client, request, 200), LINES[:12].decode(), LINES[12:].decode())


@check(points=2, after=("path_info",), rule="RFC 9112 §9.6", read="lecture 7, wsgi.input")
def input_unread(server: Server) -> None:
    """An application that does not read its input is answered for all the same."""
    http.body(http.exchange(server, post(b"/", b"x" * 300_000), 200), b"the probe is here")


# start_response.


@check(
    points=2,
    after=("path_info",),
    rule="PEP 3333, The start_response() Callable",
    read="lecture 7, start_response, from the inside",
)
def status(server: Server) -> None:
    """The status of the response is the application's."""
    for code in http.rows(server, (404, 201, 503)):
        http.exchange(server, get(b"/status/%d" % code), code)


@check(
    points=3,
    after=("path_info",),
    rule="PEP 3333, The start_response() Callable",
    read="lecture 7, start_response, from the inside",
)
def response_fields(server: Server) -> None:
    """The response has every field that the application gives, also two of one name."""
    response = http.exchange(server, get(b"/fields"), 200)
    http.field(response, "Content-Type", "text/plain")
    http.field(response, "X-Probe", 'caf\xe9; q="1, 2"')
    gateway.several(response, "Set-Cookie", "a=1", "b=2; Path=/")


@check(
    points=3,
    after=("path_info",),
    rule="PEP 3333, The start_response() Callable",
    read="lecture 7, start_response, from the inside",
)
def start_late(server: Server) -> None:
    """start_response may be called as late as when the first chunk is asked for."""
    http.body(http.exchange(server, get(b"/late"), 202), b"late, and right")


@check(
    points=1,
    after=("path_info",),
    rule="PEP 3333, The start_response() Callable",
    read="lecture 7, start_response, from the inside",
)
def start_twice(server: Server) -> None:
    """A second call of start_response raises an exception in the application."""
    gateway.raised(http.exchange(server, get(b"/twice"), 200))


# The body.


@check(
    points=3,
    after=("path_info",),
    rule="PEP 3333, Specification Details",
    read="lecture 7, The body, from the inside",
)
def shapes(server: Server) -> None:
    """The body may be a list, a tuple, a generator, or any other iterable of bytes."""
    for path, wanted in http.rows(server, SHAPES):
        http.body(http.exchange(server, get(path), 200), wanted)


@check(
    points=2,
    after=("path_info",),
    rule="PEP 3333, Specification Details",
    read="lecture 7, The body, from the inside",
)
def empty_bodies(server: Server) -> None:
    """A body without any bytes is sent too: the head, and nothing after it."""
    for path in http.rows(server, EMPTY):
        http.body(http.exchange(server, get(path), 200), b"")
    server.begin_anew()
    http.exchange(server, get(b"/nothing"), 204)


@check(
    points=1, after=("shapes",), rule="handout, What to write", read="lecture 7, The body, from the inside"
)
def one_chunk(server: Server) -> None:
    """The length of a body that is a list of one chunk is told."""
    response = http.exchange(server, get(b"/body/one"), 200)
    http.body(response, b"one chunk")
    gateway.tells_its_end(response)


@check(points=2, after=("shapes",), rule="RFC 9110 §8.6", read="lecture 7, The body, from the inside")
def own_length(server: Server) -> None:
    """A Content-Length that the application gives is sent once, as it is."""
    response = http.exchange(server, get(b"/length/12"), 200)
    http.field(response, "Content-Length", "12")
    http.body(response, b"chunk chunk.")


@check(
    points=1,
    after=("own_length",),
    rule="PEP 3333, Handling the Content-Length Header",
    read="lecture 7, The body, from the inside",
)
def no_byte_more(server: Server) -> None:
    """No byte more is sent than the application's Content-Length says."""
    client = server.connect()
    request = get(b"/length/10", b"Connection: close\r\n")
    client.send(request)
    http.body(http.response(client, request, 200), b"chunk chun")
    http.closes(client)


@check(
    points=3,
    after=("shapes",),
    rule="PEP 3333, Buffering and Streaming",
    read="lecture 7, The body, from the inside",
)
def streams(server: Server) -> None:
    """Each chunk is sent before the application is asked for the next."""
    client = server.connect()
    client.send(get(b"/stall"))
    gateway.begins(client, b"first chunk\n")


# close().


@check(
    points=2,
    after=("shapes",),
    rule="PEP 3333, Specification Details",
    read="lecture 7, The body, from the inside",
)
def closes(server: Server, rng: Random) -> None:
    """close() of the body is called once, after its last chunk."""
    name = word(rng).encode()
    http.body(http.exchange(server, get(b"/closable/whole/" + name), 200), b"first last")
    gateway.closed(server, get(b"/closed/" + name), "the last chunk")


@check(
    points=2,
    after=("closes", "streams"),
    rule="PEP 3333, Specification Details",
    read="lecture 7, The body, from the inside",
)
def closes_when_client_leaves(server: Server, rng: Random) -> None:
    """close() is called once also where the client leaves before the end, and the next client is served."""
    name = word(rng).encode()
    client = server.connect()
    client.send(get(b"/closable/endless/" + name))
    gateway.begins(client, b"endless " * 100)
    client.reset()
    gateway.closed(server, get(b"/closed/" + name), "a client that leaves")


# When the application fails.


@check(
    points=3,
    after=("path_info",),
    rule="handout, What to write",
    read="lecture 7, When the application fails",
)
def raises(server: Server, rng: Random) -> None:
    """An application that raises an exception before its first byte is answered for with 500."""
    gateway.refuses(
        server, get(b"/raise/call/" + word(rng).encode()), "the application has raised an exception"
    )


@check(
    points=2, after=("raises",), rule="handout, What to write", read="lecture 7, When the application fails"
)
def serves_on(server: Server, rng: Random) -> None:
    """An exception in the body is answered for with 500 too, and each time the next request is served."""
    for moment in http.rows(server, (b"call", b"first")):
        request = get(b"/raise/%b/%b" % (moment, word(rng).encode()))
        gateway.refuses(server, request, "the application has raised an exception")
        http.body(http.exchange(server, get(b"/"), 200), b"the probe is here")


@check(
    points=2,
    after=("closes", "serves_on"),
    rule="PEP 3333, Specification Details",
    read="lecture 7, The body, from the inside",
)
def closes_after_failure(server: Server, rng: Random) -> None:
    """close() is called once also where the body fails."""
    name = word(rng).encode()
    client = server.connect()
    client.send(get(b"/closable/fails/" + name))
    client.receive_some()
    client.settle()
    client.close()
    gateway.closed(server, get(b"/closed/" + name), "an exception in the body")


@check(
    points=0,
    level=Level.SHOULD,
    after=("raises",),
    rule="PEP 3333, Error Handling",
    read="lecture 7, When the application fails",
)
def raises_os_error(server: Server, rng: Random) -> None:
    """An OSError of the application is one of its failures, and not a client that has left."""
    gateway.refuses(
        server, get(b"/raise/file/" + word(rng).encode()), "the application has raised FileNotFoundError"
    )


@check(
    points=1, after=("raises",), rule="handout, What to write", read="lecture 7, When the application fails"
)
def traceback(server: Server, rng: Random) -> None:
    """The traceback of an exception goes to wsgi.errors."""
    name = word(rng)
    gateway.refuses(server, get(f"/raise/call/{name}".encode()), "the application has raised an exception")
    gateway.printed(server, "a traceback with the message of the exception", name, "Traceback")


@check(
    points=1,
    after=("serves_on",),
    rule="handout, What to write",
    read="lecture 7, When the application fails",
)
def says_nothing(server: Server, rng: Random) -> None:
    """Nothing of an exception is told to the client."""
    name = word(rng)
    for moment in http.rows(server, ("call", "first")):
        response = http.exchange(server, get(f"/raise/{moment}/{name}".encode()), 500)
        http.lacks(response, name, "a body that says nothing of the exception")


@check(
    points=2,
    after=("raises", "own_length", "streams"),
    rule="handout, What to write",
    read="lecture 7, When the application fails",
)
def fails_later(server: Server, rng: Random) -> None:
    """Where the application fails after its first byte, the connection ends, and no second response is begun."""
    client = server.connect()
    request = get(b"/raise/later/" + word(rng).encode())
    client.send(request)
    gateway.breaks_off(client, request, b"begun")


@check(
    points=2,
    after=("serves_on",),
    rule="PEP 3333, The start_response() Callable",
    read="lecture 7, start_response, from the inside",
)
def bad_arguments(server: Server) -> None:
    """start_response refuses what cannot be sent: a status that is no str, fields that are not, a line end in one."""
    for what in http.rows(server, (b"status", b"name", b"value", b"line")):
        gateway.refuses(server, get(b"/bad/" + what), "start_response was given what it must not take")


@check(
    points=1, after=("raises",), rule="handout, What to write", read="lecture 7, When the application fails"
)
def never_started(server: Server) -> None:
    """An application that never calls start_response is answered for with 500."""
    gateway.refuses(server, get(b"/never"), "start_response was not called")


# Applications of others.


@check(
    points=1,
    after=("named_application", "path_decoded", "query_string"),
    rule="handout, Goal",
    read="lecture 7, The split",
)
def hello_app(server: Server) -> None:
    """The application of homework 2 runs on it."""
    server.restart("hello:app")
    http.body(http.exchange(server, get(b"/Zo%C3%AB?x=%20"), 200), "hello, Zoë\nquery: x=%20".encode())
    http.exchange(server, get(b"/a/b"), 404)


@check(
    points=1,
    after=("hello_app", "request_line", "content_variables", "read_body", "response_fields", "empty_bodies"),
    rule="handout, Goal",
    read="lecture 7, Redirects and forms, again",
)
def form_app(server: Server) -> None:
    """The forms of homework 5 run on it: one is filled in and sent, another redirects."""
    server.restart("form:app")
    site = browser(server)
    form = pages.form(site.get("/"), "by_post", "name", "note", method="post", action="/process_form")
    sent = pages.ok(pages.fill_in(form, name="Zoë & co", note="1+1=2"))
    pages.shows(sent.body, "name: Zoë & co", "note: 1+1=2")
    form = pages.form(site.get("/"), "greet", "name", method="post", action="/greet")
    redirect = pages.ok(pages.fill_in(form, name="Ada"), 302, 303)
    pages.shows(pages.ok(site.get(pages.target(redirect.headers.get("Location", "")))).body, "name: Ada")


@check(
    points=1,
    after=("form_app", "input_in_segments", "input_unread"),
    rule="handout, Goal",
    read="lecture 7, Redirects and forms, again",
)
def upload(server: Server, rng: Random) -> None:
    """A file of any bytes reaches that application whole."""
    server.restart("form:app")
    content = rng.randbytes(200_000)
    target = f"{address(server)}/process_form"
    response = session(server).post(target, data={"name": "Ada"}, files={"file": ("a.bin", content)})
    pages.shows(response.content, "name: Ada", pages.file_line("file", "a.bin", content))
