"""hw05_forms: a server that reads forms, judged over live sockets, by WebTest and requests, and without any socket.

What must hold: it reads query strings (process_get … malformed_percent) and urlencoded bodies (process_post …
one_mebibyte) · it escapes what was typed (escape, escape_names) · it redirects (redirect … location_injection) and
refuses (not_found, not_allowed, length_required, too_large) · it reads multipart bodies (text_part …
upload_in_segments) · its page has forms that a browser can send (form_by_get … form_greet) · it serves the next
client (leaves_in_the_body, no_memory) · its functions can be called without a socket (respond_alone … ).

/process_form shows what it read as list items, one for each pair. Bodies are written out, lengths are counted.
"""

from itertools import pairwise
from random import Random
from urllib.parse import parse_qsl, urlencode

from webtest import Upload  # type: ignore[import-untyped]

from grader import expect
from grader.bridge.live import address, browser, session
from grader.checks import check
from grader.expect import http, modules, pages
from grader.expect.modules import Case, Raises
from grader.outcome import Excerpt
from grader.wire import Server
from grader.wire.http import Response

KIB = 1 << 10
MIB = 1 << 20
URLENCODED = b"application/x-www-form-urlencoded"
MULTIPART = b"multipart/form-data; boundary=cut-here"

# What is wrong with a hand-made parser, a query string, and the list items that it must lead to.
PLUS_AND_PERCENT = (
    ("a plus is a space", b"note=a+small+note", ("note: a small note",)),
    ("so is %20", b"note=a%20small%20note", ("note: a small note",)),
    ("%2B is a plus: first +, then %", b"note=1%2B1", ("note: 1+1",)),
    ("%26 and %3D are no separators", b"note=a%26b%3Dc&name=x", ("note: a&b=c", "name: x")),
    ("digits of base 16 in both cases", b"note=%2f%2F", ("note: //",)),
    ("%25 is a percent, decoded once", b"note=%252B", ("note: %2B",)),
    ("a name is encoded as a value is", b"my+na%6De=x", ("my name: x",)),
)
SEPARATORS = (
    ("only the first = of a pair", b"note=1=2", ("note: 1=2",)),
    ("only the first ? of a target", b"note=really?&name=x", ("note: really?", "name: x")),
    ("a semicolon is none", b"note=1;name=2", ("note: 1;name=2",)),
)
NOTHING = (
    ("an empty query string", b"", ()),
    ("empty pairs", b"&&name=Ada&", ("name: Ada",)),
)
UTF8 = (
    ("two bytes", b"name=Zo%C3%AB", ("name: Zoë",)),
    ("three bytes", b"name=%E6%BC%A2%E5%AD%97", ("name: 漢字",)),
    ("four bytes", b"name=%F0%9F%90%8D", ("name: \N{SNAKE}",)),
)
MALFORMED = (
    ("a percent at the end", b"note=100%", ("note: 100%",)),
    ("no digits of base 16", b"note=%zz", ("note: %zz",)),
    ("one digit", b"note=%4&name=x", ("note: %4", "name: x")),
)
NOT_UTF8 = (b"name=caf%E9", b"name=%FF%FE", b"name=%C3", b"name=%ED%A0%80")
POSTED = (
    ("a plus is a space, %2B a plus", b"note=1%2B1+is+2", ("note: 1+1 is 2",)),
    ("cut first, then decode", b"note=a%26b%3Dc&name=x", ("note: a&b=c", "name: x")),
    ("UTF-8", b"name=Zo%C3%AB+%E6%BC%A2", ("name: Zoë 漢",)),
    ("empty values, names that repeat", b"note=&name=1&name=2", ("note:", "name: 1", "name: 2")),
    ("no pair at all", b"", ()),
)
TYPES = (
    ("any case", b"Application/X-WWW-Form-URLEncoded"),
    ("a parameter behind it", b"application/x-www-form-urlencoded; charset=UTF-8"),
    ("a parameter without a space", b"application/x-www-form-urlencoded;charset=UTF-8"),
)
TYPED = (
    ("a tag", b"note=%3Cb%3Ebold%3C%2Fb%3E", ("note: <b>bold</b>",)),
    ("a script", b"note=%3Cscript%3Ealert(1)%3C/script%3E", ("note: <script>alert(1)</script>",)),
    ("a reference", b"note=%26lt%3Bb%26gt%3B+%26amp%3B", ("note: &lt;b&gt; &amp;",)),
    ("an element that ends the list", b"note=%3C/li%3E%3Cli%3Ex:+y", ("note: </li><li>x: y",)),
)
NAMES_TO_GREET = ("Ada Lovelace", "Zoë & Bob", "1+1=2", "100%", "漢字 #1?", "a/b;c")
NOT_ALLOWED = (
    (b"PUT", b"/process_form", {"get", "post"}),
    (b"DELETE", b"/process_form", {"get", "post"}),
    (b"PUT", b"/", {"get"}),
    (b"POST", b"/", {"get"}),
    (b"GET", b"/greet", {"post"}),
)
TOO_LARGE = (2 * MIB + 1, 5_000_000_000, 10**15)
BOUNDARIES = (
    ("in quotes", b'multipart/form-data; boundary="cut here"', b"cut here"),
    ("behind another parameter", b"multipart/form-data; charset=utf-8; boundary=cut", b"cut"),
    ("in other letters, without a space", b"Multipart/Form-Data;Boundary=Cut", b"Cut"),
    ("with characters of regular expressions", b'multipart/form-data; boundary="a.b+(c)?"', b"a.b+(c)?"),
    ("with dashes, as browsers have it", b"multipart/form-data; boundary=----WebKit7MA4", b"----WebKit7MA4"),
)
FILENAMES = (
    ("a semicolon and an equals sign", b"a;b=c.txt", ("a;b=c.txt",)),
    ("a space", b"my cat.png", ("my cat.png",)),
    (
        "quotes, as browsers write them",
        b"my %22best%22 cat.png",
        ('my "best" cat.png', "my %22best%22 cat.png"),
    ),
    ("two bytes of UTF-8", "café.txt".encode(), ("café.txt",)),
    ("three bytes of UTF-8", "漢字.txt".encode(), ("漢字.txt",)),
)
TEXTS = (
    ("a line break at the end", b"one\r\ntwo\r\n"),
    ("LF at the end", b"one\ntwo\n"),
    ("several line breaks and spaces around", b"\r\n\r\n  one \t\r\n\r\n"),
    ("nothing but a line break", b"\r\n"),
    ("CR alone", b"one\rtwo\r"),
    ("two dashes at the end", b"one\r\n--"),
)
INSIDE = (
    ("the boundary in the middle of a line", b"see --cut-here-- and cut-here"),
    ("the boundary at the beginning, without dashes", b"cut-here-- is a boundary"),
    ("a line that begins like it", b"one\r\n--cut-her\r\n--cut"),
)
# A multipart body is cut before each of these: in boundaries and names, within CRLF and behind it.
BEFORE = (
    b"ere\r\nContent-D",
    b'name="a.txt"',
    b"\ntwo",
    b"two",
    b"\r\n--cut-here--",
    b"\n--cut-here--",
    b"ere--",
    b"-\r\n",
)


def literal(data: bytes) -> str:
    """Bytes as they stand in a program, in double quotes."""
    text = data.decode("latin-1").encode("unicode_escape").decode("ascii")
    return 'b"' + text.replace('"', r"\"") + '"'


def multipart(body: bytes) -> str:
    """A call of read_form for this body."""
    return f'read_form("POST", "", "multipart/form-data; boundary=cut", {literal(body)})'


LOWER = "{name.lower(): value for name, value in fields}"
RESPOND = (
    Case("the body", 'type(respond("GET", "/", [])[2]).__name__', ("bytes", "bytearray")),
    Case(
        "the page of the forms",
        f'(status[:3], {LOWER}["content-type"][:9], "by_get" in body.decode())',
        (("200", "text/html", True),),
        setup='status, fields, body = respond("GET", "/", [])',
    ),
    Case(
        "what was filled in, escaped and in UTF-8",
        '(status[:3], "<café" in body.decode(), "<café" in html.unescape(body.decode()))',
        (("200", False, True),),
        setup='import html; status, fields, body = respond("POST", "/process_form", [("name", "<café")])',
    ),
    Case(
        "a redirect",
        f'(status[:3], {LOWER}["location"].rpartition("/")[2])',
        tuple((status, "process_form?name=Ada") for status in ("302", "303")),
        setup='status, fields, body = respond("POST", "/greet", [("name", "Ada")])',
    ),
    Case("an unknown path", 'respond("GET", "/nothing", [])[0][:3]', ("404",)),
    Case("a method that is not allowed", 'respond("PUT", "/", [])[0][:3]', ("405",)),
)
NAME_PART = b'--cut\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n'
FILE_PART = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n\xe9\n\r\n'
FORMS = (
    Case(
        "a query string",
        'read_form("GET", "name=Ada+L.&note=", "", b"")',
        ([("name", "Ada L."), ("note", "")],),
    ),
    Case(
        "an urlencoded body",
        'read_form("POST", "a=1", "application/x-www-form-urlencoded", b"name=Zo%C3%AB")',
        ([("name", "Zoë")],),
    ),
    Case(
        "a body of another type",
        'read_form("POST", "", "text/plain", b"name=Ada")',
        ([], Raises("FormError")),
    ),
    Case(
        "a text and a file",
        "(form[0], form[1][0], form[1][1].filename, form[1][1].content)",
        ((("name", "Ada"), "file", "a.txt", b"\xe9\n"),),
        setup="form = " + multipart(NAME_PART + FILE_PART + b"--cut--\r\n"),
    ),
    Case("no final boundary", multipart(NAME_PART), (Raises("FormError"),)),
    Case(
        "a part without a name",
        multipart(b"--cut\r\nContent-Disposition: form-data\r\n\r\nx\r\n--cut--\r\n"),
        (Raises("FormError"),),
    ),
    Case("1000 pairs", 'len(read_form("GET", "&".join(["a=1"] * 1000), "", b""))', (1000,)),
    Case("1001 pairs", 'len(read_form("GET", "&".join(["a=1"] * 1001), "", b""))', (Raises("FormError"),)),
)


def get(query: bytes) -> bytes:
    """A GET of /process_form."""
    return b"GET /process_form?" + query + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"


def post(body: bytes, content_type: bytes = URLENCODED, target: bytes = b"/process_form") -> bytes:
    """A POST of this body, with its length."""
    fields = b"Content-Type: " + content_type + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n"
    return b"POST " + target + b" HTTP/1.1\r\nHost: localhost\r\n" + fields + b"\r\n" + body


def file_part(filename: bytes, content: bytes, name: bytes = b"file", boundary: bytes = b"cut-here") -> bytes:
    """The part of a file, from its boundary to the line break before the next one."""
    disposition = b'Content-Disposition: form-data; name="' + name + b'"; filename="' + filename + b'"\r\n'
    head = disposition + b"Content-Type: application/octet-stream\r\n\r\n"
    return b"--" + boundary + b"\r\n" + head + content + b"\r\n"


def upload(filename: bytes, content: bytes) -> bytes:
    """A POST of one file."""
    return post(file_part(filename, content) + b"--cut-here--\r\n", MULTIPART)


def text_part_of(name: bytes, value: bytes) -> bytes:
    """A multipart body with this text alone."""
    disposition = b'--cut-here\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n'
    return disposition + value + b"\r\n--cut-here--\r\n"


def carries(location: str, name: str) -> None:
    """The query in this Location holds this name, with its white space."""
    pairs = parse_qsl(pages.target(location).partition("?")[2], keep_blank_values=True, errors="replace")
    if ("name", name) not in pairs:
        raise expect.Mismatch(
            expected=f"a Location with {urlencode({'name': name})} in its query: the name, with its white space",
            got="another one",
            came=Excerpt.of(location.encode("latin-1"), 0, len(location)),
        )


def garbage_rows() -> tuple[tuple[str, bytes, tuple[int, ...]], ...]:
    """What is odd, the request, and the statuses that may answer it."""
    nobody = b"GET /caf%E9 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    a_file = file_part(b"a.txt", b"Ada", name=b"name") + b"--cut-here--\r\n"
    return (
        ("a path that is not UTF-8", nobody, (400, 404)),
        ("raw UTF-8 in an urlencoded body", post("name=Zoë".encode()), (200, 400)),
        ("raw Latin-1 in an urlencoded body", post(b"name=caf\xe9"), (200, 400)),
        ("a text that is not UTF-8", post(text_part_of(b"name", b"caf\xe9"), MULTIPART), (200, 400)),
        ("no boundary", post(text_part_of(b"name", b"Ada"), b"multipart/form-data"), (400,)),
        ("a file for a name", post(a_file, MULTIPART, b"/greet"), (302, 303, 400, 422)),
    )


def got(server: Server, query: bytes) -> Response:
    """The page that shows this query string."""
    return http.exchange(server, get(query), 200)


def posted(server: Server, request: bytes) -> Response:
    """The page that shows what this request holds."""
    return http.exchange(server, request, 200)


@check(points=2, gate=True, rule="handout, Goal", read="lecture 1, Addresses and ports")
def listens(server: Server) -> None:
    """The server listens on the port it is given."""
    # That it does is what it takes to have a server here: the fixture has waited for it.
    assert server.port


@check(points=2, after=("listens",), rule="handout, What to write", read="lecture 5, What a browser sends")
def page(server: Server) -> None:
    """GET / is answered with 200 and a page of HTML in UTF-8."""
    response = http.exchange(server, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 200)
    pages.is_html(http.field(response, "Content-Type"))
    pages.parsed(response.body)


@check(
    points=2, after=("listens",), rule="RFC 9110 §15.5.5", read="lecture 5, A function that knows no sockets"
)
def not_found(server: Server) -> None:
    """Any other path is answered with 404."""
    for target in http.rows(server, (b"/nothing", b"/process_form/", b"/greet/ada", b"/process_for")):
        http.exchange(server, b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 404)


@check(points=3, after=("listens",), rule="handout, What to write", read="lecture 5, Query strings")
def process_get(server: Server) -> None:
    """GET /process_form shows the names and values of its query string."""
    pages.shows(got(server, b"name=Ada&note=hello").body, "name: Ada", "note: hello")


@check(points=3, after=("process_get",), rule="WHATWG URL §5.1", read="lecture 5, Query strings")
def plus_and_percent(server: Server) -> None:
    """Pairs are cut first, and then + and %XX are decoded, once."""
    for _, query, items in http.rows(server, PLUS_AND_PERCENT):
        pages.shows(got(server, query).body, *items)


@check(points=2, after=("process_get",), rule="WHATWG URL §5.1", read="lecture 5, Query strings")
def separators(server: Server) -> None:
    """Only & stands between pairs, and only the first = ends a name."""
    for _, query, items in http.rows(server, SEPARATORS):
        pages.shows(got(server, query).body, *items)


@check(points=2, after=("process_get",), rule="WHATWG URL §5.1", read="lecture 5, Query strings")
def empty_values(server: Server) -> None:
    """A name with an empty value is shown, with = and without."""
    pages.shows(got(server, b"name=&note=x&token").body, "name:", "note: x", "token:")


@check(points=2, after=("process_get",), rule="WHATWG URL §5.1", read="lecture 5, Query strings")
def nothing_filled_in(server: Server) -> None:
    """An empty query string holds no pair, and an empty pair is none."""
    for _, query, items in http.rows(server, NOTHING):
        pages.shows(got(server, query).body, *items)
    request = b"GET /process_form HTTP/1.1\r\nHost: localhost\r\n\r\n"
    pages.shows(http.exchange(server, request, 200).body)


@check(points=2, after=("process_get",), rule="handout, What arrives", read="lecture 5, Query strings")
def repeated_names(server: Server) -> None:
    """A name that comes several times is shown each time, and the order is kept."""
    query = b"topping=ham&size=2&topping=olive&size=2&topping=egg"
    items = ("topping: ham", "size: 2", "topping: olive", "size: 2", "topping: egg")
    pages.shows(got(server, query).body, *items)


@check(points=2, after=("process_get",), rule="WHATWG URL §5.1", read="lecture 5, Query strings")
def utf8(server: Server) -> None:
    """Percent-encoded bytes are UTF-8, and so is the page that shows them."""
    for _, query, items in http.rows(server, UTF8):
        pages.shows(got(server, query).body, *items)


@check(points=2, after=("process_get",), rule="WHATWG URL §5.1", read="lecture 5, Query strings")
def malformed_percent(server: Server) -> None:
    """A percent that encodes nothing stays, and bytes that are not UTF-8 do no harm."""
    for _, query, items in http.rows(server, MALFORMED):
        pages.shows(got(server, query).body, *items)
    for query in http.rows(server, NOT_UTF8):
        http.exchange(server, get(query), 200, 400)


@check(points=3, after=("process_get",), rule="handout, What to write", read="lecture 5, The urlencoded body")
def process_post(server: Server) -> None:
    """POST /process_form shows the names and values of its body."""
    request = (
        b"POST /process_form HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 19\r\n\r\nname=Ada&note=hello"
    )
    pages.shows(posted(server, request).body, "name: Ada", "note: hello")


@check(
    points=2,
    after=("process_post", "plus_and_percent", "empty_values", "nothing_filled_in", "repeated_names", "utf8"),
    rule="WHATWG URL §5.1",
    read="lecture 5, The urlencoded body",
)
def post_like_get(server: Server) -> None:
    """The pairs in a body are read by the rules of a query string."""
    for _, body, items in http.rows(server, POSTED):
        pages.shows(posted(server, post(body)).body, *items)


@check(points=2, after=("process_post",), rule="RFC 9110 §8.3.1", read="lecture 5, The urlencoded body")
def content_type(server: Server) -> None:
    """The media type says what is in a body, in any case and with parameters; another type is no form."""
    for _, media_type in http.rows(server, TYPES):
        pages.shows(posted(server, post(b"name=Ada", media_type)).body, "name: Ada")
    server.begin_anew()
    response = http.exchange(server, post(b"name=Ada", b"text/plain"), 200, 400, 415)
    if response.status == 200:
        pages.shows(response.body)


@check(
    points=3,
    after=("post_like_get",),
    rule="RFC 9112 §6.3",
    read="lecture 5, The urlencoded body",
)
def segments(server: Server) -> None:
    """A body is taken by its Content-Length, in whatever pieces it comes."""
    request = post(b"name=Zo%C3%AB&note=+hello+there")
    start = request.index(b"\r\n\r\n") + 4
    for cuts in http.rows(
        server, ((start,), (start - 2,), (start + 9,), (start + 3, start + 12, start + 13))
    ):
        client = server.connect()
        places = (0, *cuts, len(request))
        client.send_segments(request[a:b] for a, b in pairwise(places))
        response = http.response(client, request, 200)
        pages.shows(response.body, "name: Zoë", "note: hello there")


@check(points=2, after=("process_post",), rule="RFC 9112 §6.3", read="lecture 5, The urlencoded body")
def exact_length(server: Server) -> None:
    """What comes behind a body is not part of it."""
    behind = b"&note=no" + get(b"name=Bob")
    pages.shows(posted(server, post(b"name=Ada") + behind).body, "name: Ada")


@check(points=2, after=("process_post",), rule="RFC 9110 §15.5.12", read="lecture 5, The urlencoded body")
def length_required(server: Server) -> None:
    """A POST without Content-Length is answered with 411."""
    head = b"POST /process_form HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + URLENCODED + b"\r\n\r\n"
    http.exchange(server, head, 411)


@check(points=2, after=("process_post",), rule="RFC 9110 §15.5.14", read="lecture 5, The urlencoded body")
def too_large(server: Server) -> None:
    """A body that is said to be longer than 2 MiB is refused with 413, before it comes."""
    for length in http.rows(server, TOO_LARGE):
        head = post(b"").replace(b"Content-Length: 0", b"Content-Length: " + str(length).encode())
        http.exchange(server, head, 413)


@check(
    points=3,
    after=("plus_and_percent",),
    rule="handout, What to write",
    read="lecture 5, What the user typed",
)
def escape(server: Server) -> None:
    """What was typed is shown as it was typed, and is never markup."""
    for _, query, items in http.rows(server, TYPED):
        response = got(server, query)
        http.lacks(response, "<script", "a page without the script that was typed")
        pages.shows(response.body, *items)


@check(points=3, after=("process_post",), rule="RFC 9110 §15.4.3", read="lecture 5, Redirects")
def redirect(server: Server) -> None:
    """POST /greet is answered with 302 and a Location."""
    response = http.exchange(server, post(b"name=Ada", target=b"/greet"), 302, 303)
    target = pages.target(http.field(response, "Location"))
    page = http.exchange(server, b"GET " + target.encode() + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 200)
    pages.shows(page.body, "name: Ada")


@check(
    points=2,
    after=("redirect", "post_like_get", "escape", "separators", "malformed_percent"),
    rule="RFC 9110 §10.2.2",
    read="lecture 5, Redirects",
)
def location_encoded(server: Server) -> None:
    """The name in the Location is percent-encoded, and arrives as it was typed."""
    for name in http.rows(server, NAMES_TO_GREET):
        response = http.exchange(server, post(urlencode({"name": name}).encode(), target=b"/greet"), 302, 303)
        target = pages.target(http.field(response, "Location"))
        page = http.exchange(server, b"GET " + target.encode() + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 200)
        pages.shows(page.body, f"name: {name}")


@check(points=2, after=("location_encoded",), rule="RFC 9110 §5.5", read="lecture 5, What the user typed")
def location_injection(server: Server) -> None:
    """A line break in the name does not become one in the head."""
    body = b"name=Ada%0D%0ASet-Cookie:+admin=yes%0D%0A%0D%0A%3Ch1%3E"
    response = http.exchange(server, post(body, target=b"/greet"), 302, 303, 400)
    pages.not_split(response, "Set-Cookie")


@check(points=1, after=("redirect",), rule="handout, What to write", read="lecture 5, What a browser sends")
def name_is_missing(server: Server) -> None:
    """A form without the name that it should have is answered, and does no harm."""
    for body in http.rows(server, (b"", b"other=1")):
        http.exchange(server, post(body, target=b"/greet"), 302, 303, 400, 422)


@check(
    points=2,
    after=("process_post",),
    rule="RFC 9110 §15.5.6",
    read="lecture 5, A function that knows no sockets",
)
def not_allowed(server: Server) -> None:
    """Another method than those of a path is answered with 405, and Allow names those that there are."""
    for method, target, allowed in http.rows(server, NOT_ALLOWED):
        request = post(b"name=Ada", target=target).replace(b"POST", method)
        http.allows(http.exchange(server, request, 405), allowed)


@check(points=2, after=("process_post", "utf8"), rule="RFC 7578 §4", read="lecture 5, Files")
def text_part(server: Server) -> None:
    """A multipart body without files is a form like any other."""
    body = (
        b'--cut-here\r\nContent-Disposition: form-data; name="name"\r\n\r\nZo\xc3\xab\r\n'
        b'--cut-here\r\nContent-Disposition: form-data; name="note"\r\n\r\n1+1%20\r\n--cut-here--\r\n'
    )
    pages.shows(posted(server, post(body, MULTIPART)).body, "name: Zoë", "note: 1+1%20")


@check(
    points=1, after=("text_part", "location_encoded"), rule="handout, What arrives", read="lecture 5, Files"
)
def text_as_typed(server: Server) -> None:
    """The spaces around a text in a multipart body are the text's."""
    # A page does not show them, and a Location does.
    for name in http.rows(server, (" Ada", "Ada ", "\tAda \t")):
        request = post(text_part_of(b"name", name.encode()), MULTIPART, b"/greet")
        location = http.field(http.exchange(server, request, 302, 303), "Location")
        carries(location, name)


@check(points=3, after=("text_part",), rule="RFC 7578 §4", read="lecture 5, Files")
def file_upload(server: Server) -> None:
    """A file is shown with its name, its size and the SHA-256 of its content."""
    response = posted(server, upload(b"hello.txt", b"hello, world"))
    pages.shows(response.body, pages.file_line("file", "hello.txt", b"hello, world"))


@check(points=2, after=("file_upload",), rule="RFC 2046 §5.1.1", read="lecture 5, Files")
def file_line_ends(server: Server) -> None:
    """The line breaks and spaces at both ends of a file are the file's."""
    for _, content in http.rows(server, TEXTS):
        response = posted(server, upload(b"a.txt", content))
        pages.shows(response.body, pages.file_line("file", "a.txt", content))


@check(points=2, after=("file_line_ends",), rule="RFC 7578 §4", read="lecture 5, Files")
def file_bytes(server: Server, rng: Random) -> None:
    """The content of a file is bytes, and no text."""
    for content in http.rows(
        server, (b"caf\xe9 \x80\xff\xfe", bytes(range(256)), b"\0" * 9, rng.randbytes(3000))
    ):
        response = posted(server, upload(b"a.bin", content))
        pages.shows(response.body, pages.file_line("file", "a.bin", content))


@check(points=2, after=("file_upload",), rule="RFC 2046 §5.1.1", read="lecture 5, Files")
def boundary_inside(server: Server) -> None:
    """The text of the boundary inside a file ends nothing: a delimiter is CRLF, two dashes and the boundary."""
    for _, content in http.rows(server, INSIDE):
        response = posted(server, upload(b"a.txt", content))
        pages.shows(response.body, pages.file_line("file", "a.txt", content))


@check(points=2, after=("file_upload", "repeated_names"), rule="RFC 7578 §4.3", read="lecture 5, Files")
def several_files(server: Server, rng: Random) -> None:
    """Several files of one name, as requests sends them, are all shown, each with its content."""
    files = [(f"{index}.bin", rng.randbytes(25 * index).hex().encode()) for index in range(1, 4)]
    response = pages.posted(
        session(server),
        f"{address(server)}/process_form",
        data={"name": "Ada"},
        files=[("file", file) for file in files],
    )
    lines = [pages.file_line("file", filename, content) for filename, content in files]
    pages.shows(response, "name: Ada", *lines)


@check(points=2, after=("file_upload",), rule="handout, What arrives", read="lecture 5, Files")
def empty_file(server: Server) -> None:
    """An empty file is a file, and so is none that was chosen: its name is empty too."""
    for filename in http.rows(server, ("empty.txt", "")):
        response = posted(server, upload(filename.encode(), b""))
        pages.shows(response.body, pages.file_line("file", filename, b""))


@check(points=2, after=("file_upload",), rule="RFC 7578 §4.2", read="lecture 5, Files")
def filenames(server: Server) -> None:
    """The name of a file may hold semicolons, quotes and letters that are not ASCII."""
    for _, filename, names in http.rows(server, FILENAMES):
        response = posted(server, upload(filename, b"x"))
        pages.shows_one_of(response.body, *([pages.file_line("file", name, b"x")] for name in names))


@check(points=2, after=("file_upload",), rule="RFC 2046 §5.1.1", read="lecture 5, Files")
def final_boundary(server: Server) -> None:
    """A multipart body without its final boundary is answered with 400."""
    part = file_part(b"a.txt", b"one")
    for end in http.rows(server, (b"", b"--cut-here\r\n", b"--cut-here-\r\n", b"--cut--\r\n")):
        http.exchange(server, post(part + end, MULTIPART), 400)


@check(points=2, after=("file_upload",), rule="RFC 2046 §5.1.1", read="lecture 5, Files")
def boundary_spelling(server: Server) -> None:
    """The boundary is found in Content-Type in all its spellings, and text around the parts is ignored."""
    line = pages.file_line("file", "a.txt", b"one")
    for _, media_type, boundary in http.rows(server, BOUNDARIES):
        body = file_part(b"a.txt", b"one", boundary=boundary) + b"--" + boundary + b"--\r\n"
        pages.shows(posted(server, post(body, media_type)).body, line)
    server.begin_anew()
    around = b"A preamble.\r\n" + file_part(b"a.txt", b"one") + b"--cut-here--\r\nAn epilogue.\r\n"
    pages.shows(posted(server, post(around, MULTIPART)).body, line)


@check(points=1, after=("file_upload",), rule="RFC 7578 §4.2", read="lecture 5, Files")
def part_fields(server: Server) -> None:
    """The field-lines of a part come in any order and in letters of any case."""
    body = (
        b"--cut-here\r\ncontent-type: text/plain\r\nX-Name: nobody\r\n"
        b'CONTENT-DISPOSITION: Form-Data; filename="a.txt"; name="file"\r\n\r\none\r\n--cut-here--\r\n'
    )
    pages.shows(posted(server, post(body, MULTIPART)).body, pages.file_line("file", "a.txt", b"one"))


@check(points=2, after=("file_line_ends", "segments"), rule="RFC 9112 §6.3", read="lecture 5, Files")
def upload_in_segments(server: Server) -> None:
    """A multipart body that is cut within its boundaries and line breaks arrives whole."""
    request = upload(b"a.txt", b"one\r\n--cut\r\ntwo\r\n")
    line = pages.file_line("file", "a.txt", b"one\r\n--cut\r\ntwo\r\n")
    cuts = [request.index(text) for text in BEFORE]
    client = server.connect()
    client.send_segments(request[a:b] for a, b in pairwise((0, *cuts, len(request))))
    pages.shows(http.response(client, request, 200).body, line)


@check(
    points=2,
    after=("file_upload", "segments"),
    rule="handout, What to write",
    read="lecture 5, The urlencoded body",
)
def one_mebibyte(server: Server, rng: Random) -> None:
    """A body of one mebibyte is taken."""
    around = len(file_part(b"big.txt", b"") + b"--cut-here--\r\n")
    content = rng.randbytes(MIB).hex().encode()[: MIB - around]
    pages.shows(posted(server, upload(b"big.txt", content)).body, pages.file_line("file", "big.txt", content))


@check(
    points=2,
    after=("escape", "file_upload"),
    rule="handout, What to write",
    read="lecture 5, What the user typed",
)
def escape_names(server: Server) -> None:
    """Names, and names of files, are escaped as values are."""
    pages.shows(got(server, b"%3Cb%3Ename%3C/b%3E=x").body, "<b>name</b>: x")
    response = posted(server, upload(b"<i>&lt.txt", b"x"))
    pages.shows(response.body, pages.file_line("file", "<i>&lt.txt", b"x"))


@check(
    points=2,
    after=("page", "plus_and_percent", "utf8"),
    rule="handout, What to write",
    read="lecture 5, What a browser sends",
)
def form_by_get(server: Server) -> None:
    """The form by_get can be filled in and sent."""
    page = pages.visit(browser(server), "/")
    form = pages.form(page, "by_get", "name", "note", method="get", action="/process_form")
    sent = pages.ok(pages.fill_in(form, name="Zoë & co", note="1+1=2"))
    pages.shows(sent.body, "name: Zoë & co", "note: 1+1=2")


@check(
    points=2,
    after=("page", "post_like_get"),
    rule="handout, What to write",
    read="lecture 5, What a browser sends",
)
def form_by_post(server: Server) -> None:
    """The form by_post can be filled in and sent."""
    page = pages.visit(browser(server), "/")
    form = pages.form(page, "by_post", "name", "note", method="post", action="/process_form")
    sent = pages.ok(pages.fill_in(form, name="Zoë & co", note="thin\r\ncrisp"))
    pages.shows(sent.body, "name: Zoë & co", "note: thin crisp")


@check(
    points=2,
    after=("page", "file_bytes"),
    rule="handout, What to write",
    read="lecture 5, Files",
)
def form_upload(server: Server) -> None:
    """The form upload can be filled in, with a file, and sent."""
    page = pages.visit(browser(server), "/")
    form = pages.form(
        page, "upload", "name", "file", method="post", action="/process_form", enctype=pages.MULTIPART
    )
    sent = pages.ok(pages.fill_in(form, name="Ada", file=Upload("cat.png", b"\x89PNG\r\n\x1a\n")))
    pages.shows(sent.body, "name: Ada", pages.file_line("file", "cat.png", b"\x89PNG\r\n\x1a\n"))


@check(points=1, after=("page", "redirect"), rule="handout, What to write", read="lecture 5, Redirects")
def form_greet(server: Server) -> None:
    """The form greet can be filled in and sent, and leads to a page with the name."""
    site = browser(server)
    form = pages.form(pages.visit(site, "/"), "greet", "name", method="post", action="/greet")
    sent = pages.ok(pages.fill_in(form, name="Ada"), 302, 303)
    page = pages.ok(pages.visit(site, pages.target(sent.headers.get("Location", ""))))
    pages.shows(page.body, "name: Ada")


@check(points=2, after=("process_post",), rule="handout, What to write", read="lecture 4, The message body")
def leaves_in_the_body(server: Server) -> None:
    """A client that leaves in the middle of its body does no harm."""
    request = post(b"name=Ada&note=hello")
    for leave in http.rows(server, ("ends its sending", "resets")):
        client = server.connect()
        client.send(request[:-5])
        client.settle()
        if leave == "resets":
            client.reset()
        else:
            client.end_sending()
            http.answered_or_closed(client, request[:-5], 400)
            client.close()
        pages.shows(posted(server, request).body, "name: Ada", "note: hello")


@check(
    points=3,
    after=(
        *("not_found", "malformed_percent", "post_like_get", "final_boundary"),
        *("name_is_missing", "length_required"),
    ),
    rule="handout, What to write",
    read="lecture 5, What the user typed",
)
def garbage(server: Server) -> None:
    """What is odd in a path or a form is answered or ended, and the next client is served."""
    for _, request, statuses in http.rows(server, garbage_rows()):
        client = server.connect()
        client.send(request)
        http.answered_or_closed(client, request, *statuses)
        client.close()
        pages.shows(posted(server, post(b"name=Ada")).body, "name: Ada")


@check(
    points=1,
    after=("process_post",),
    rule="handout, What to write",
    read="lecture 5, A function that knows no sockets",
)
def no_memory(server: Server) -> None:
    """A form is shown as if there had been none before it."""
    pages.shows(posted(server, post(b"name=Ada")).body, "name: Ada")
    pages.shows(got(server, b"note=hello").body, "note: hello")


@check(
    points=2,
    after=("page", "escape", "utf8", "redirect", "not_found", "not_allowed"),
    rule="handout, What to write",
    read="lecture 5, A function that knows no sockets",
)
def respond_alone(server: Server) -> None:
    """respond() gives a status, fields and a message body, without a server."""
    modules.agree(server, "from pages import respond", RESPOND)


@check(
    points=2,
    after=("post_like_get", "content_type", "file_bytes", "final_boundary"),
    rule="handout, What to write",
    read="lecture 5, A function that knows no sockets",
)
def forms_alone(server: Server) -> None:
    """read_form() gives the pairs of a form, or raises FormError, without a server."""
    modules.agree(server, "from forms import read_form", FORMS)


@check(
    points=1,
    after=("listens",),
    rule="handout, What to write",
    read="lecture 5, A function that knows no sockets",
)
def import_starts_nothing(server: Server) -> None:
    """Importing the modules starts nothing."""
    with server.beside("-c", "import server, pages, forms", server.host, str(server.port)) as (
        program,
        waited,
    ):
        expect.ended_by_itself(program, waited)
