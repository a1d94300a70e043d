"""The bytes that the checks of hw04_request send, and the cases that its parser is asked.

Where RFC 9112 leaves a choice the check names several statuses. What is wrong with a request is often told by what
follows from it: a Content-Length that is believed though it is none leaves the server waiting for a body.
"""

from grader.expect.modules import Case, Raises

ADA = b"GET /ada HTTP/1.1\r\nHost: localhost\r\n\r\n"
LINE = 8000  # bytes of a request-line that must be served (RFC 9112 §3), and of fields;
FIELDS = 16 << 10
TOO_LONG = (64 << 10) + 1  # and of one that must be refused before it ends, and of fields
TOO_LARGE = (256 << 10) + 1

# The request-target, and the name that is greeted.
TARGETS = (
    (b"/Zo%C3%AB", "Zoë"),
    (b"/%e6%bc%a2%E5%AD%97", "漢字"),
    (b"/1+1", "1+1"),
    (b"/50%2525", "50%25"),
    (b"/why%3F", "why?"),
    (b"/ada?", "ada"),
    (b"/ada?x=1&y=/a/b", "ada"),
    (b"/ada?what?", "ada"),
    (b"/why%3Fx?x=1", "why?x"),
)
ABSOLUTE = (b"http://localhost/ada", b"http://localhost:80/ada?x=1", b"HTTP://LOCALHOST/ada")
NOWHERE = (b"/a/b", b"/ada/", b"//", b"//ada", b"//ada/x", b"/../ada", b"/%2e%2e/ada", b"/ada/?x=1")
NO_REQUEST_LINE = (
    b"GET\r\nHost: localhost\r\n\r\n",
    b"/ada HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /ada lovelace HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /ada HTTP/1.1 please\r\nHost: localhost\r\n\r\n",
    b"GET /a\0b HTTP/1.1\r\nHost: localhost\r\n\r\n",
)
# The version is malformed, or the whole is the form of HTTP/0.9: whoever looks at the version first says 505.
NO_VERSION = (
    b"GET /ada\r\nHost: localhost\r\n\r\n",
    b"GET /ada HTTP/1.1.1\r\nHost: localhost\r\n\r\n",
    b"GET /ada HTTP/x.y\r\nHost: localhost\r\n\r\n",
    b"GET /ada FTP/1.1\r\nHost: localhost\r\n\r\n",
)
NO_METHOD = (b"G(T /ada HTTP/1.1\r\nHost: localhost\r\n\r\n", b"G:T /ada HTTP/1.1\r\nHost: localhost\r\n\r\n")
NO_TARGET = (b"ada", b"*", b"localhost:80", b"?x=1", b"\\ada")
WRONG_HOSTS = (
    b"GET /ada HTTP/1.1\r\n\r\n",
    b"GET /ada HTTP/1.1\r\nX-Host: localhost\r\n\r\n",
    b"GET /ada HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
    b"GET /ada HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nhost: elsewhere\r\n\r\n",
)
RIGHT_FIELDS = (
    b"HOST: localhost\r\n",
    b"hOsT:localhost\r\n",
    b"Host: \t localhost \t\r\n",
    b"Host: localhost:80\r\n",
    b"Host: localhost\r\nContent-Length:\t 0 \t\r\n",
    b"Host: localhost\r\nX-Empty:\r\nX-Colons: a:b: c:\r\n",
    b"Host: localhost\r\n!#$%&'*+-.^_`|~: every mark that a name may have\r\n",
    b"Host: localhost\r\nX-Note: caf\xe9 \x85Content-Length: 5\r\n",  # for str.splitlines() \x85 ends a line
)
SPACES = (
    b"Host : localhost\r\n",
    b"Host: localhost\r\nX-Note : a\r\n",
    b"Host: localhost\r\nX-Note\t: a\r\n",
)
NO_FIELD_LINES = (
    b"Host\r\n",
    b"localhost\r\n",
    b": a\r\n",
    b"X Note: a\r\n",
    b"X(Note): a\r\n",
    b"X-N\xf6te: a\r\n",
)
# Who takes the folded line for one of its own waits for a body, or knows no such coding.
FOLDED = (
    b"Host: localhost\r\nX-Note: a\r\n b\r\n",
    b"Host: localhost\r\nX-Note: a\r\n Content-Length: 5\r\n",
    b"Host: localhost\r\nX-Note: a\r\n\tTransfer-Encoding: chunked\r\n",
)
# Who ends a line there waits for a body.
CONTROLS = (
    b"X-Note: a\rContent-Length: 5\r\n",
    b"X-Note: a\x0bContent-Length: 5\r\n",
    b"X-Note: a\0Content-Length: 5\r\n",
    b"X-Note: a\x1cContent-Length: 5\r\n",
)
LF_ALONE = (b"GET /ada HTTP/1.1\nHost: localhost\n\n", b"GET /ada HTTP/1.1\r\nHost: localhost\n\r\n")
NO_LENGTHS = (
    b"+5",
    b"-5",
    b"5_0",
    b"0x5",
    b"5.0",
    b"5 5",
    b"five",
    b"",
    b"5;",
    b"\xb2",
    b"5, 6",
    b"5\xa0",
    b"\x855",
)
CHOICES = (
    (b"9" * 20, (400, 413)),
    (b"9" * 5000, (400, 413)),
    (b"5, 5", (200, 400)),
)  # huge; one length, told twice
# A coding is a token in any case. Where chunked is not the last, RFC 9112 (section 6.3) has 400 too.
CODINGS = (
    (b"chunked", (501,)),
    (b"Chunked", (501,)),
    (b"gzip, chunked", (501,)),
    (b"gzip", (400, 501)),
    (b"chunked, gzip", (400, 501)),
    (b"identity", (400, 501)),
)
MANY_LENGTHS = (
    b"Content-Length: 5\r\nContent-Length: 6\r\n",
    b"Content-Length: 0\r\nX-Note: a\r\ncontent-length: 5\r\n",
)
# Where the stream ends too early. (Who answers before the body has come need not know.)
PIECES = (
    (b"GET /ad", (400,)),
    (b"GET /ada HTTP/1.1\r\nHost: localhost\r\n", (400,)),
    (b"GET /ada HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhello", (200, 400)),
)
NO_HTTP, ODD = (400, 501, 505), (200, 400, 404)
GARBAGE = (
    (b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n", NO_HTTP),  # TLS: a browser was given https://
    (b"\0\0\0\0\r\n\r\n", NO_HTTP),
    (b"\xff\xfe\r\n\r\n", NO_HTTP),
    (b"hello, echo\r\n\r\n", NO_HTTP),
    (b":\r\n:\r\n\r\n", NO_HTTP),
    (b"GET /caf\xe9 HTTP/1.1\r\nHost: localhost\r\n\r\n", ODD),  # a target is ASCII; here it is Latin-1
    (b"GET /caf%E9 HTTP/1.1\r\nHost: localhost\r\n\r\n", ODD),  # right, and no UTF-8
    (b"GET /% HTTP/1.1\r\nHost: localhost\r\n\r\n", ODD),
    (b"GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", ODD),
    (b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n", ODD),
    (b"GET http://a:b/ada HTTP/1.1\r\nHost: localhost\r\n\r\n", ODD),
)
# What the parser is fed, and what it must give: method, path, query, fields, body.
Facts = tuple[str, bytes, str, list[tuple[str, str]], bytes]
PLAIN: tuple[tuple[bytes, Facts], ...] = (
    (ADA, ("GET", b"/ada", "", [("host", "localhost")], b"")),
    (
        b"BREW /%C3%A9?a=%20&b=? HTTP/1.1\r\nHost: a\r\n\r\n",
        ("BREW", b"/\xc3\xa9", "a=%20&b=?", [("host", "a")], b""),
    ),
)
REQUESTS: tuple[tuple[bytes, Facts], ...] = (
    *PLAIN,
    (b"\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n", ("GET", b"/b", "", [("host", "a")], b"")),
    (
        b"GET http://a.b/c%2Fd?e HTTP/1.1\r\nHost: a.b\r\n\r\n",
        ("GET", b"/c/d", "e", [("host", "a.b")], b""),
    ),
    (b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", ("OPTIONS", b"*", "", [("host", "a")], b"")),
)
BODIES = (b"a=1", b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"\0\xff" * 40, b" ", b"")
ODD_FIELDS = b"""\
GET / HTTP/1.1\r
Host: a\r
Accept: a\r
X-B:\t b:c \t\r
ACCEPT:d,e\r
X-Empty: \r
X-Latin: \xe9\xff\r
X-Edges: \x85a\xa0\r
\r
"""
ALL_FIELDS = [
    *(("host", "a"), ("accept", "a"), ("x-b", "b:c")),
    *(("accept", "d,e"), ("x-empty", ""), ("x-latin", "éÿ")),
    ("x-edges", "\x85a\xa0"),  # white space is space and tab: str.strip() takes these two as well
]
VALUES = (("accept", "a, d,e"), ("x-b", "b:c"), ("x-empty", ""), ("x-edges", "\x85a\xa0"), ("x-none", None))
REFUSED = (
    (b"GET /ada lovelace HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    (b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    (b"GET / HTTP/1.1\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n", 400),
    (b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
)
IMPORTS = "from request import RequestParser"
PARSER = "p = RequestParser()"
FACTS = "(r.method, r.path, r.query, r.fields, r.body)"


def literal(data: bytes) -> str:
    """The bytes as Python writes them, in double quotes."""
    return 'b"' + data.decode("latin-1").encode("unicode_escape").decode("ascii").replace('"', '\\"') + '"'


def whole(name: str, data: bytes, facts: Facts) -> Case:
    """`data`, fed at once, is this request."""
    return Case(name, f"[{FACTS} for r in [p.feed({literal(data)})]]", ([facts],), PARSER)


def by_the_byte(name: str, data: bytes, facts: Facts) -> Case:
    """`data`, fed byte by byte, is this request; it is there with the last byte, whose number is told."""
    ask = f"[(n, {FACTS}) for n, byte in enumerate({literal(data)}, 1) if (r := p.feed(bytes([byte])))]"
    return Case(name, ask, ([(len(data), facts)],), PARSER)


def with_ada_behind(name: str, data: bytes, facts: Facts, split: int) -> Case:
    """`data` and then ADA, fed in two pieces of which the first ends `split` bytes into ADA, are two requests."""
    pieces = f"p.feed({literal(data + ADA[:split])}), p.feed({literal(ADA[split:])})"
    return Case(name, f"[{FACTS} for r in ({pieces})]", ([facts, REQUESTS[0][1]],), PARSER)


def odds_and_ends() -> list[Case]:
    """A part of a request is none, and a request knows its target and its version as they came."""
    ask = f"[(r.target, r.version) for r in [p.feed({literal(PLAIN[1][0])})]]"
    return [
        *(
            Case("a part of a request", f"p.feed({literal(ADA[:end])})", (None,), PARSER)
            for end in (0, 9, 36)
        ),
        Case("its target and version", ask, ([("/%C3%A9?a=%20&b=?", "HTTP/1.1")],), PARSER),
    ]


def fields() -> list[Case]:
    """The fields of ODD_FIELDS."""
    setup = f"{PARSER}; r = p.feed({literal(ODD_FIELDS)})"
    return [
        Case("the fields", "r.fields", (ALL_FIELDS,), setup),
        *(Case(f"the field {name}", f'r.field("{name}")', (value,), setup) for name, value in VALUES),
    ]


def bodies() -> list[Case]:
    """Each of BODIES: whole, by the byte, and with more behind it."""
    cases = []
    for body in BODIES:
        data = b"POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
        facts = ("POST", b"/form", "", [("host", "a"), ("content-length", str(len(body)))], body)
        cases += [
            whole("a body", data, facts),
            by_the_byte("a body, byte by byte", data, facts),
            with_ada_behind("a body, and more behind it", data, facts, 1),
        ]
    return cases


def refusals() -> list[Case]:
    """Each of REFUSED, whole and by the byte; and a line that is too long, in pieces."""
    cases = []
    for data, status in REFUSED:
        wanted = (Raises("BadRequest", "status", (status,)),)
        ask = f"[p.feed(bytes([byte])) for byte in {literal(data)}]"
        cases += [
            Case("refused", f"p.feed({literal(data)})", wanted, PARSER),
            Case("refused byte by byte", ask, wanted, PARSER),
        ]
    ask = f'[p.feed(b"x" * 1000) for _ in range({TOO_LONG // 1000 + 1})]'
    return [*cases, Case("a long line in pieces", ask, (Raises("BadRequest", "status", (414,)),), PARSER)]
