"""What the server has to say: which path is answered with what. Nothing here knows a socket.

`respond` may be called by a server, by a test, or by hand.
"""

import hashlib
from collections.abc import Callable
from html import escape
from urllib.parse import urlencode

from forms import File, Form

Answer = tuple[str, list[tuple[str, str]], bytes]  # a status ("200 OK"), the fields, the message body
HTML = ("Content-Type", "text/html; charset=utf-8")
TOP = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Forms</title></head>\n'

FORMS = """\
<h1>Forms</h1>
<h2>A question, by GET</h2>
<form id="by_get" method="get" action="/process_form">
  <label>Name <input name="name"></label>
  <label>Note <input name="note"></label>
  <button>Send</button>
</form>
<h2>A message, by POST</h2>
<form id="by_post" method="post" action="/process_form">
  <label>Name <input name="name"></label>
  <label>Note <textarea name="note"></textarea></label>
  <button>Send</button>
</form>
<h2>Some files</h2>
<form id="upload" method="post" action="/process_form" enctype="multipart/form-data">
  <label>Name <input name="name"></label>
  <label>Files <input type="file" name="file" multiple></label>
  <button>Upload</button>
</form>
<h2>A greeting, and a redirect</h2>
<form id="greet" method="post" action="/greet">
  <label>Name <input name="name"></label>
  <button>Greet me</button>
</form>
"""


def respond(method: str, path: str, form: Form) -> Answer:
    """What is answered to `method` and `path` with what was filled in: a status, the fields, the message body.

    The fields are names and values, without Content-Length and without those of the connection.
    An unknown path is 404; another method than those of the path is 405, with Allow.
    """
    methods = ROUTES.get(path)
    if methods is None:
        return page("404 Not Found", "<h1>There is nothing here</h1>")
    if method not in methods:
        allowed = ", ".join(methods)
        status, fields, body = page("405 Method Not Allowed", f"<h1>Allowed here: {allowed}</h1>")
        return status, [*fields, ("Allow", allowed)], body
    return methods[method](form)


def page(status: str, content: str) -> Answer:
    """A page of HTML."""
    html = f"{TOP}<body>{content}</body></html>\n"
    return status, [HTML], html.encode()


def show_form(form: Form) -> Answer:  # noqa: ARG001 - every page is given what was filled in
    """The page with the forms: get, post, upload and greet."""
    return page("200 OK", FORMS)


def process_form(form: Form) -> Answer:
    """A list of what was filled in: one line for each name, in the order in which they came, all of it escaped.

    A text is shown as `<li>name: value</li>`, and a file as `<li>name: filename, 12 bytes, sha256 9f86d0…</li>`
    with all 64 digits of the SHA-256 of its content.
    """
    lines = "".join(f"<li>{escape(name)}: {escape(shown(value))}</li>\n" for name, value in form)
    return page("200 OK", f"<h1>You sent</h1>\n<ul>\n{lines}</ul>\n")


def shown(value: str | File) -> str:
    """A value as text, still to be escaped."""
    if isinstance(value, str):
        return value
    digest = hashlib.sha256(value.content).hexdigest()
    return f"{value.filename}, {len(value.content)} bytes, sha256 {digest}"


def greet(form: Form) -> Answer:
    """A redirect to the page /process_form, with the name in its query: after it, reloading sends nothing twice."""
    name = next((value for key, value in form if key == "name" and isinstance(value, str)), "")
    return "302 Found", [("Location", "/process_form?" + urlencode({"name": name}))], b""


ROUTES: dict[str, dict[str, Callable[[Form], Answer]]] = {
    "/": {"GET": show_form},
    "/process_form": {"GET": process_form, "POST": process_form},
    "/greet": {"POST": greet},
}
