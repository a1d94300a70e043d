"""What a form sends, in its three shapes: a query string, an urlencoded body, a multipart body.

No sockets, no requests: text and bytes go in, names and values come out.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import parse_qsl

MOST_FIELDS = 1000  # names in one form
BOUNDARY = re.compile(r'multipart/form-data\s*;.*?boundary=(?:"([^"]+)"|([^\s;"]+))', re.IGNORECASE)
PARAMETER = re.compile(r';\s*(\w+)="([^"]*)"')  # browsers write %22 for a quote


class FormError(ValueError):
    """A form that cannot be read. The message says why; the answer is 400."""


@dataclass(frozen=True)
class File:
    """A file that was chosen in a form. `filename` is "" if none was chosen; `content` is its bytes, unchanged."""

    filename: str
    content_type: str
    content: bytes


# The names and values of a form, in the order in which they were sent. A name may come several times.
Form = list[tuple[str, str | File]]


def read_form(method: str, query: str, content_type: str, body: bytes) -> Form:
    """The form of a request: for POST that in `body`, of this `content_type`; for any other method that in `query`.

    A body of another type holds no form. Raises FormError.
    """
    if method != "POST":
        return parse_urlencoded(query)
    boundary = BOUNDARY.match(content_type)
    if boundary:
        return parse_multipart(body, (boundary[1] or boundary[2]).encode("latin-1"))
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == "multipart/form-data":
        raise FormError("a multipart body without a boundary in Content-Type")
    if media_type == "application/x-www-form-urlencoded":
        return parse_urlencoded(body.decode("utf-8", "replace"))
    return []


def parse_urlencoded(text: str) -> Form:
    """The names and values of `text`, such as "name=Ada+L.&note=%C3%A9" (WHATWG URL, section 5.1).

    "&" stands between the pairs, and nothing else does; a value may be empty; bytes that are not UTF-8 become U+FFFD.
    Raises FormError for more than 1000 pairs.
    """
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise FormError(f"there are more than {MOST_FIELDS} names in the form") from error
    return [(name, value) for name, value in pairs]


def parse_multipart(body: bytes, boundary: bytes) -> Form:
    """The names and values of a multipart/form-data body (RFC 7578; RFC 2046, section 5.1).

    The line break before a boundary belongs to it, not to the part. Raises FormError where the final boundary,
    the one with "--" behind it, is missing, and for a part without a name.
    """
    line = re.compile(rb"\r\n--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r\n|\Z)")
    data = b"\r\n" + body  # the first boundary has no line before it
    boundaries = []
    for found in line.finditer(data):
        boundaries.append(found)
        if found[1]:
            break
    else:
        raise FormError("the final boundary is missing")
    return [parse_part(data[start.end() + 2 : end.start()]) for start, end in pairwise(boundaries)]


def parse_part(part: bytes) -> tuple[str, str | File]:
    """The name and the value of one part: its field-lines, an empty line, its content (RFC 7578, section 4).

    A part with a filename is a File, whatever its name; any other is text in UTF-8. Names and file names are left as
    they came, with %22 where there was a quote. Raises FormError for a part without a name.
    """
    head, _, content = part.partition(b"\r\n\r\n")
    fields = {}
    for text in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = text.partition(":")
        fields[name.strip().lower()] = value.strip()
    found = PARAMETER.findall(fields.get("content-disposition", ""))
    parameters = {name.lower(): value for name, value in found}
    if "name" not in parameters:
        raise FormError("a part has no name")
    if "filename" not in parameters:
        return parameters["name"], content.decode("utf-8", "replace")
    content_type = fields.get("content-type", "application/octet-stream")
    return parameters["name"], File(parameters["filename"], content_type, content)
