import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from urllib.parse import unquote_plus


class FormError(Exception): ...


@dataclass
class File:
    filename: str
    content: bytes


def read_form(method, query, content_type, body):
    if method != "POST":
        return pairs(query)
    message = Message()
    message["Content-Type"] = content_type
    if message.get_content_type() == "application/x-www-form-urlencoded":
        return pairs(body.decode("latin-1"))
    if message.get_content_type() == "multipart/form-data":
        return parts(content_type, body, message.get_boundary())
    return []


def pairs(text):
    found = []
    for pair in text.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            found.append((unquote_plus(name), unquote_plus(value)))
    if len(found) > 1000:
        raise FormError
    return found


def parts(content_type, body, boundary):
    # The email package makes sense of anything, so what is cut off must be noticed here.
    if not re.search(rb"(^|\r\n)--" + re.escape(boundary.encode()) + rb"--\s*(\r\n|$)", body):
        raise FormError("cut off")
    whole = BytesParser().parsebytes(b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body)
    found = []
    for part in whole.get_payload():
        # get() would decode, and get_param() look for an encoding of RFC 2231; the raw field has the bytes.
        line = next((value for name, value in part.raw_items() if name.lower() == "content-disposition"), "")
        line = line.encode("ascii", "surrogateescape").decode("utf-8", "replace")
        said = dict(re.findall(r';\s*(name|filename)="([^"]*)"', line, re.IGNORECASE))
        if "name" not in said:
            raise FormError("no name")
        del part["Content-Transfer-Encoding"]
        content = part.get_payload(decode=True)
        if "filename" in said:
            found.append((said["name"], File(said["filename"], content)))
        else:
            found.append((said["name"], content.decode("utf-8", "replace")))
    return found
