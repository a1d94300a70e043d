import hashlib
from string import Template
from urllib.parse import quote
from xml.sax.saxutils import escape

PAGE = Template(
    "<!doctype html>\n<HTML lang=en>\n<HEAD><META charset=utf-8><TITLE>Homework</TITLE></HEAD>\n<BODY>\n$body\n</BODY></HTML>"
)
FORMS = """
<p>Whatever you send, we show.</p>
<FORM ID="by_get" ACTION="process_form">
  <INPUT NAME="name" VALUE="your name"><INPUT TYPE="text" NAME="note">
  <INPUT TYPE="SUBMIT" VALUE="Go">
</FORM>
<FORM ID=by_post METHOD=POST ACTION="http://127.0.0.1/process_form">
  <P>Name: <INPUT TYPE=text NAME=name></P>
  <P>Note: <TEXTAREA NAME=note ROWS=3></TEXTAREA></P>
  <INPUT TYPE=submit>
</FORM>
<form id='upload' method='Post' action='/process_form?' enctype='Multipart/Form-Data'>
  <table><tr><td><input name='name'><td><input type='file' name='file'></table>
  <button type='submit'>Send</button>
</form>
<form id='greet' method='post' action='./greet'><input type='search' name='name'></form>
"""


def html(body, status="200 Fine"):
    return status, [("content-TYPE", 'text/html;charset="UTF-8"')], PAGE.substitute(body=body).encode("utf-8")


def show(value):
    if isinstance(value, str):
        return escape(value)
    digest = hashlib.new("sha256", value.content)
    return escape(f"{value.filename}, {len(value.content)} bytes, sha256 {digest.hexdigest()}")


def respond(method, path, form):
    if path == "/":
        if method == "GET":
            return html(FORMS)
        return "405 No", [("Allow", "HEAD, OPTIONS,GET")], b""
    if path == "/process_form":
        if method in ("GET", "POST"):
            items = "".join(f"\n  <LI><B>{escape(name)}</B>:\n {show(value)}" for name, value in form)
            return html(f"<H1>You sent</H1><OL>{items}\n</OL>")
        return "405 No", [("Allow", "POST,GET")], b""
    if path == "/greet":
        if method == "POST":
            names = [value for name, value in form if name == "name"]
            if not names:
                return html("Who are you?", "422 Unprocessable Content")
            return "303 See Other", [("Location", "process_form?name=" + quote(names[0]))], b""
        return "405 No", [("Allow", "POST")], b""
    return "404 Gone Fishing", [], b"nothing\n"
