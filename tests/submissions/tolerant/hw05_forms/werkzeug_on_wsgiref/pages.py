"""Pages as trees: ElementTree writes them, and escapes by itself."""

import xml.etree.ElementTree as ET
from hashlib import sha256
from urllib.parse import urlencode


def element(tag, *children, **attributes):
    made = ET.Element(tag, attributes)
    for child in children:
        if isinstance(child, str):
            made.text = child
        else:
            made.append(child)
    return made


def document(*children, status="200 OK"):
    page = element("html", element("head", element("title", "Forms")), element("body", *children))
    text = "<!DOCTYPE html>" + ET.tostring(page, encoding="unicode", method="html")
    return status, [("Content-Type", "text/html; charset=utf-8")], text.encode("utf-8", "xmlcharrefreplace")


def control(name, **attributes):
    return element("input", name=name, **attributes)


def main(form):
    return document(
        element("form", control("name"), control("note"), id="by_get", method="GET", action="/process_form"),
        element("form", control("name"), control("note"), id="by_post", method="POST", action="/process_form"),
        element(
            "form",
            control("name"),
            control("file", type="file"),
            control("token", type="hidden", value="1"),
            id="upload",
            method="post",
            action="/process_form",
            enctype="multipart/form-data",
        ),
        element("form", control("name"), id="greet", method="post", action="/greet"),
    )


def text_of(value):
    if isinstance(value, str):
        return value
    return "{}, {} bytes, sha256 {}".format(value.filename, len(value.content), sha256(value.content).hexdigest())


def listing(form):
    # A token of our own form is not shown, since nobody has typed it.
    items = [element("li", f"{name}: {text_of(value)}") for name, value in form if (name, value) != ("token", "1")]
    return document(element("ul", *items))


def greeting(form):
    names = [value for name, value in form if name == "name"] or [""]
    return "302 Moved Temporarily", [("Location", "/process_form?" + urlencode([("name", names[0])]))], b"Go there.\n"


PAGES = {
    ("GET", "/"): main,
    ("GET", "/process_form"): listing,
    ("POST", "/process_form"): listing,
    ("POST", "/greet"): greeting,
}


def respond(method, path, form):
    page = PAGES.get((method, path))
    if page:
        return page(form)
    allowed = ", ".join(m for m, p in PAGES if p == path)
    if not allowed:
        return document("Not found", status="404 Not Found")
    status, fields, body = document("Not like this", status="405 Method Not Allowed")
    return status, [("Allow", allowed), *fields], body
