from dataclasses import dataclass

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from urllib.parse import parse_qsl


Form = list


class FormError(Exception):
    pass


@dataclass
class File:
    filename: str
    content: bytes


def pairs(text):
    try:
        return parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=1000)
    except ValueError as error:
        raise FormError(str(error)) from error


def read_form(method, query, content_type, body):
    if method != "POST":
        return pairs(query)
    kind, options = parse_options_header(content_type)
    if kind.lower() == "application/x-www-form-urlencoded":
        return pairs(body.decode("utf-8", "replace"))
    if kind.lower() != "multipart/form-data":
        return []
    if "boundary" not in options:
        raise FormError("no boundary")
    return multipart(body, options["boundary"].encode("latin-1"))


def multipart(body, boundary):
    from werkzeug.sansio.multipart import Data, Epilogue, Field, File as Upload, MultipartDecoder

    decoder = MultipartDecoder(boundary, 1 << 21)
    found, part = [], None
    try:
        decoder.receive_data(body)
        decoder.receive_data(None)
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, (Field, Upload)):
                part, content = event, b""
            elif isinstance(event, Data):
                content += event.data
                if not event.more_data:
                    found.append((part, content))
    except (ValueError, KeyError, RequestEntityTooLarge) as error:
        raise FormError(str(error)) from error
    if any(part.name is None for part, _ in found):
        raise FormError("no name")
    return [
        (part.name, File(part.filename, content) if isinstance(part, Upload) else content.decode("utf-8", "replace"))
        for part, content in found
    ]
