"""What the server has to say: which path is answered with what. Nothing here knows a socket.

`respond` may be called by a server, by a test, or by hand.
"""

from collections.abc import Callable

from forms import File, Form

Answer = tuple[str, list[tuple[str, str]], bytes]  # a status ("200 OK"), the fields, the message body
HTML = ("Content-Type", "text/html; charset=utf-8")
TOP = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Forms</title></head>\n'


def respond(method: str, path: str, form: Form) -> Answer:
    """What is answered to `method` and `path` with what was filled in: a status, the fields, the message body.

    The fields are names and values, without Content-Length and without those of the connection.
    An unknown path is 404; another method than those of the path is 405, with Allow.
    """
    # TODO: the function of ROUTES for this path and method has answered; or the answer is 404, or 405 with Allow.
    raise NotImplementedError("respond")


def page(status: str, content: str) -> Answer:
    """A page of HTML."""
    html = f"{TOP}<body>{content}</body></html>\n"
    return status, [HTML], html.encode()


def show_form(form: Form) -> Answer:
    """The page with the forms: get, post, upload and greet."""
    # TODO: the page with the four forms of the handout is returned.
    raise NotImplementedError("show_form")


def process_form(form: Form) -> Answer:
    """A list of what was filled in: one line for each name, in the order in which they came, all of it escaped.

    A text is shown as `<li>name: value</li>`, and a file as `<li>name: filename, 12 bytes, sha256 9f86d0…</li>`
    with all 64 digits of the SHA-256 of its content.
    """
    # TODO: the page with one list item for each name and value is returned.
    raise NotImplementedError("process_form")


def shown(value: str | File) -> str:
    """A value as text, still to be escaped."""
    # TODO: the text itself is returned; or the name, the size and the digest of the file.
    raise NotImplementedError("shown")


def greet(form: Form) -> Answer:
    """A redirect to the page /process_form, with the name in its query: after it, reloading sends nothing twice."""
    # TODO: 302 with a Location is returned, in which the name is encoded.
    raise NotImplementedError("greet")


ROUTES: dict[str, dict[str, Callable[[Form], Answer]]] = {
    "/": {"GET": show_form},
    "/process_form": {"GET": process_form, "POST": process_form},
    "/greet": {"POST": greet},
}
