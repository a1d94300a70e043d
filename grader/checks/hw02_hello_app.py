"""hw02_hello_app: the first WSGI application, called across the border with WebTest.

What must hold: it is there and can be called (importable, returns) · it keeps the contract with its server
(start_response … chunks, legal_fields, lint) · it greets (hello … not_utf8) · it answers HEAD (head_is_empty,
head_is_get) · it remembers nothing (same_again, no_memory) and touches nothing that is not its own
(input_untouched, import_starts_nothing).

Names are drawn anew for every run, so that no answer can be written down beforehand.
"""

from random import Random

from grader import expect
from grader.bridge import App
from grader.checks import check
from grader.expect import contract, texts
from grader.wire import Server

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NOWHERE = ("/ada/", "/ada/lovelace/1815", "//", "//ada")  # paths with other than one part
# The path as it is sent, and the name in it.
DECODED_ONCE = (
    ("/ada%20lovelace", "ada lovelace"),
    ("/%20ada%20", " ada "),
    ("/1+1", "1+1"),
    ("/50%2525", "50%25"),
    ("/%3Cada%3E", "<ada>"),
)
UNICODE = (
    ("/Zo%C3%AB", "Zoë"),
    ("/%E6%BC%A2%E5%AD%97", "漢字"),
    ("/%F0%9F%90%8D", "\N{SNAKE}"),
)
NOT_UTF8 = ("/caf%E9", "/%FF%FE", "/%C3", "/%ED%A0%80")
AS_IT_CAME = ("name=ada+lovelace", "x=%20%41", "a=1&b=2&a=3", "?", "%E9", "==&&", "a=1;b=2#", "0")


def name(rng: Random) -> str:
    """A name that nobody could know."""
    return "".join(rng.choices(LETTERS, k=rng.randint(4, 9)))


@check(points=4, gate=True, rule="handout, What to write", read="lecture 2, Two sides")
def importable(app: App) -> None:
    """app.py can be imported, and holds a callable named app."""
    # That it does is what it takes to have an application here: the fixture has waited for it.
    assert app.server.port


@check(
    points=4,
    after=("importable",),
    rule="PEP 3333, The Application/Framework Side",
    read="lecture 2, Two sides",
)
def returns(app: App) -> None:
    """A call of the application returns an iterable, and raises nothing."""
    contract.returns(app.get("/"))


@check(
    points=5,
    after=("returns",),
    rule="PEP 3333, The start_response() Callable",
    read="lecture 2, start_response",
)
def start_response(app: App) -> None:
    """It calls start_response once, before the first byte of the body."""
    contract.starts_response(app.get("/"))


@check(
    points=4,
    after=("start_response",),
    rule="PEP 3333, The start_response() Callable",
    read="lecture 2, start_response",
)
def status(app: App) -> None:
    """The status is a str: three digits, a space and a phrase."""
    contract.status_is_right(app.get("/"))


@check(
    points=4,
    after=("start_response",),
    rule="PEP 3333, The start_response() Callable",
    read="lecture 2, start_response",
)
def response_headers(app: App) -> None:
    """The response_headers are a list of tuples of two str."""
    contract.fields_are_pairs(app.get("/"))


@check(
    points=4,
    after=("start_response",),
    rule="PEP 3333, Specification Details",
    read="lecture 2, The body",
)
def chunks(app: App) -> None:
    """The body is an iterable of bytes."""
    contract.chunks_are_bytes(app.get("/"))


@check(
    points=6,
    after=("status", "response_headers", "chunks"),
    rule="handout, What to write",
    read="lecture 2, The body",
)
def hello(app: App) -> None:
    """GET / is answered with 200 and Hello, World!"""
    texts.says(app.get("/"), "Hello, World!")


@check(points=3, after=("hello",), rule="handout, What to write", read="lecture 2, Text and bytes")
def content_type(app: App) -> None:
    """The Content-Type is text/plain; charset=utf-8."""
    texts.is_plain_text(app.get("/"))


@check(points=6, after=("hello",), rule="handout, What to write", read="lecture 2, environ")
def hello_name(app: App, rng: Random) -> None:
    """GET /name is answered with hello, and the name."""
    for who in (name(rng), name(rng).capitalize(), name(rng)):
        texts.says(app.get(f"/{who}"), f"hello, {who}")


@check(points=4, after=("hello_name",), rule="handout, What to write", read="lecture 2, environ")
def not_found(app: App, rng: Random) -> None:
    """A path of two parts is answered with 404."""
    texts.has_status(app.get(f"/{name(rng)}/{name(rng)}"), 404)


@check(points=3, after=("not_found",), rule="handout, What to write", read="lecture 2, environ")
def nowhere(app: App) -> None:
    """A path that ends in a slash, or has an empty part, is answered with 404."""
    for target in NOWHERE:
        texts.has_status(app.get(target), 404)


@check(points=5, after=("hello",), rule="handout, What to write", read="lecture 2, environ")
def query(app: App, rng: Random) -> None:
    """A query string makes a second line of the greeting."""
    words = f"{name(rng)}={rng.randrange(1000)}"
    texts.says(app.get(f"/?{words}"), "Hello, World!", f"query: {words}")


@check(points=3, after=("query", "hello_name"), rule="handout, What to write", read="lecture 2, environ")
def query_of_name(app: App, rng: Random) -> None:
    """So it does when a name is greeted."""
    who, words = name(rng), name(rng)
    texts.says(app.get(f"/{who}?{words}"), f"hello, {who}", f"query: {words}")


@check(points=3, after=("query",), rule="handout, What arrives", read="lecture 2, Text and bytes")
def query_as_it_came(app: App) -> None:
    """The query string is shown as it came, whatever is in it."""
    for words in AS_IT_CAME:
        texts.says(app.get(f"/?{words}"), "Hello, World!", f"query: {words}")


@check(points=3, after=("query",), rule="PEP 3333, environ Variables", read="lecture 2, environ")
def query_absent(app: App) -> None:
    """An environ without QUERY_STRING is answered as one in which it is empty."""
    texts.says(app.get("/", without=("QUERY_STRING",)), "Hello, World!")


@check(
    points=2,
    after=("hello_name",),
    rule="PEP 3333, The Application/Framework Side",
    read="lecture 2, Called again and again",
)
def same_again(app: App) -> None:
    """The same request has the same answer, a second and a third time."""
    first = app.get("/ada")
    texts.says(first, "hello, ada")
    for _ in range(2):
        again = app.get("/ada")
        texts.says(again, "hello, ada")
        texts.has_fields_of(again, first)


@check(
    points=3,
    after=("same_again", "query_of_name"),
    rule="PEP 3333, The Application/Framework Side",
    read="lecture 2, Called again and again",
)
def no_memory(app: App, rng: Random) -> None:
    """A request is answered as if there had been no other before it."""
    who, words = name(rng), name(rng)
    texts.says(app.get(f"/{who}?{words}"), f"hello, {who}", f"query: {words}")
    texts.says(app.get("/"), "Hello, World!")
    texts.says(app.get(f"/{who}"), f"hello, {who}")


@check(points=3, after=("hello_name",), rule="handout, What arrives", read="lecture 2, Text and bytes")
def decoded_once(app: App) -> None:
    """A name is shown as PATH_INFO holds it: the server has percent-decoded it, once."""
    for target, who in DECODED_ONCE:
        texts.says(app.get(target), f"hello, {who}")


@check(points=6, after=("hello_name",), rule="PEP 3333, Unicode Issues", read="lecture 2, Text and bytes")
def unicode_name(app: App) -> None:
    """A name in UTF-8 is greeted in its own letters."""
    for target, who in UNICODE:
        texts.says(app.get(target), f"hello, {who}")


@check(points=3, after=("unicode_name",), rule="handout, What arrives", read="lecture 2, Text and bytes")
def not_utf8(app: App) -> None:
    """A name that is not UTF-8 gets an answer, and no exception."""
    for target in NOT_UTF8:
        contract.keeps(app.get(target))


@check(
    points=4,
    after=("unicode_name",),
    rule="RFC 9110 §8.6",
    read="lecture 2, Text and bytes",
)
def content_length(app: App) -> None:
    """The Content-Length, if it is given, counts the bytes of the body."""
    for target in ("/", "/Zo%C3%AB", "/%E6%BC%A2%E5%AD%97?x=1", "/a/b"):
        texts.has_length(app.get(target))


@check(points=4, after=("hello_name",), rule="RFC 9110 §9.3.2", read="lecture 2, HEAD")
def head_is_empty(app: App) -> None:
    """An answer to HEAD has no body."""
    for target in ("/", "/ada", "/a/b"):
        texts.is_empty(app.head(target))


@check(
    points=3,
    after=("head_is_empty", "content_type", "content_length", "no_memory"),
    rule="RFC 9110 §9.3.2",
    read="lecture 2, HEAD",
)
def head_is_get(app: App) -> None:
    """An answer to HEAD has the status and the fields of the answer to GET."""
    for target in ("/", "/ada?x=1", "/a/b"):
        texts.is_head_of(app.head(target), app.get(target))


@check(
    points=2,
    after=("hello",),
    rule="PEP 3333, Input and Error Streams",
    read="lecture 2, environ",
)
def input_untouched(app: App) -> None:
    """It does not read or close wsgi.input, where nothing has come for it."""
    texts.leaves_input(app.get("/"))


@check(
    points=3,
    after=("hello",),
    rule="PEP 3333, Other HTTP Features",
    read="lecture 2, start_response",
)
def legal_fields(app: App) -> None:
    """The fields have legal names and values, and none is about the connection."""
    for target in ("/", "/ada", "/a/b"):
        contract.fields_are_legal(app.get(target))


@check(
    points=3,
    after=("legal_fields", "content_type", "content_length"),
    rule="handout, How it is checked",
    read="lecture 2, Tested without a server",
)
def lint(app: App) -> None:
    """WebTest's lint finds nothing wrong."""
    for target in ("/", "/Zo%C3%AB?x=1", "/a/b"):
        texts.passes_lint(app.lint(target))


@check(points=3, after=("importable",), rule="handout, What to write", read="lecture 2, Two sides")
def import_starts_nothing(server: Server) -> None:
    """Importing app.py starts nothing."""
    with server.beside("-c", "import app") as (program, waited):
        expect.ended_by_itself(program, waited)
