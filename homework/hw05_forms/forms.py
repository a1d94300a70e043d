"""What a form sends, in its three shapes: a query string, an urlencoded body, a multipart body.

No sockets, no requests: text and bytes go in, names and values come out.
"""

from dataclasses import dataclass


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
    # TODO: the form is read from where the method and the Content-Type say that it is.
    raise NotImplementedError("read_form")


def parse_urlencoded(text: str) -> Form:
    """The names and values of `text`, such as "name=Ada+L.&note=%C3%A9" (WHATWG URL, section 5.1).

    "&" stands between the pairs, and nothing else does; a value may be empty; bytes that are not UTF-8 become U+FFFD.
    Raises FormError for more than 1000 pairs.
    """
    # TODO: the pairs of the text are returned, cut first and decoded then.
    raise NotImplementedError("parse_urlencoded")


def parse_multipart(body: bytes, boundary: bytes) -> Form:
    """The names and values of a multipart/form-data body (RFC 7578; RFC 2046, section 5.1).

    The line break before a boundary belongs to it, not to the part. Raises FormError where the final boundary,
    the one with "--" behind it, is missing, and for a part without a name.
    """
    # TODO: the parts between the boundaries are returned, each by parse_part, or FormError is raised.
    raise NotImplementedError("parse_multipart")


def parse_part(part: bytes) -> tuple[str, str | File]:
    """The name and the value of one part: its field-lines, an empty line, its content (RFC 7578, section 4).

    A part with a filename is a File, whatever its name; any other is text in UTF-8. Names and file names are left as
    they came, with %22 where there was a quote. Raises FormError for a part without a name.
    """
    # TODO: the name of the part is returned, and its value: text, or a File.
    raise NotImplementedError("parse_part")
