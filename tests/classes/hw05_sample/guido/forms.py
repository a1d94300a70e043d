from dataclasses import dataclass
from urllib.parse import parse_qs


class FormError(Exception):
    pass


@dataclass
class File:
    filename: str
    content_type: str
    content: bytes


Form = list


def read_form(method, query, content_type, body):
    if method != "POST":
        return urlencoded(query)
    if content_type.startswith("multipart/form-data"):
        return multipart(body, content_type.split("boundary=")[1].encode())
    if content_type.lower().startswith("application/x-www-form-urlencoded"):
        return urlencoded(body.decode())
    return []


def urlencoded(text):
    return [(name, values[0]) for name, values in parse_qs(text).items()]


def multipart(body, boundary):
    form = []
    name = filename = None
    content = []
    in_head = False
    for line in body.split(b"\r\n"):
        if boundary in line:
            if name is not None:
                value = b"\r\n".join(content).strip()
                if filename is None:
                    form.append((name, value.decode()))
                else:
                    form.append((name, File(filename, "", value)))
            name, filename, content, in_head = None, None, [], True
        elif in_head and not line:
            in_head = False
        elif in_head and line.startswith(b"Content-Disposition"):
            for parameter in line.decode().split("; ")[1:]:
                key, value = parameter.split("=")
                if key == "name":
                    name = value.strip('"')
                else:
                    filename = value.strip('"')
        elif not in_head:
            content.append(line)
    return form
