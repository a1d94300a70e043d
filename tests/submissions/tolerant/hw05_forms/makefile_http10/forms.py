# Written out by hand: no urllib, no regular expressions over bodies.


Form = list


class FormError(Exception):
    pass


class File:
    def __init__(self, filename, content):
        self.filename, self.content = filename, content


def decode(piece):
    piece = piece.replace(b"+", b" ")
    out, place = bytearray(), 0
    while place < len(piece):
        digits = piece[place + 1 : place + 3]
        if piece[place] == 0x25 and len(digits) == 2 and all(d in b"0123456789abcdefABCDEF" for d in digits):
            out.append(int(digits, 16))
            place += 3
        else:
            out.append(piece[place])
            place += 1
    try:
        return out.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormError("not UTF-8") from error


def pairs(data):
    pieces = [piece for piece in data.split(b"&") if piece]
    if len(pieces) > 1000:
        raise FormError("too many")
    return [(decode(name), decode(value)) for name, _, value in (piece.partition(b"=") for piece in pieces)]


def parameters(text):
    """`form-data; name="a"; filename="b"`, character by character."""
    kind, _, rest = text.partition(";")
    found = {}
    while rest.strip():
        name, _, rest = rest.partition("=")
        if rest.startswith('"'):
            value, _, rest = rest[1:].partition('"')
            rest = rest.partition(";")[2]
        else:
            value, _, rest = rest.partition(";")
        found[name.strip().lower()] = value
    return kind.strip().lower(), found


def multipart(body, boundary):
    delimiter = b"\r\n--" + boundary
    body = b"\r\n" + body
    place = body.find(delimiter)
    found = []
    while place >= 0:
        place += len(delimiter)
        if body.startswith(b"--", place):
            return found
        start = body.index(b"\r\n", place) + 2 if b"\r\n" in body[place:] else len(body)
        place = body.find(delimiter, start - 2)
        if place < 0:
            break
        found.append(part(body[start:place]))
    raise FormError("cut off")


def part(data):
    head, _, content = data.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-disposition":
            _, said = parameters(value.decode("utf-8", "replace"))
            if "name" in said:
                if "filename" in said:
                    return said["name"], File(said["filename"].replace("%22", '"'), content)
                return said["name"], content.decode("utf-8", "replace")
    raise FormError("no name")


def read_form(method, query, content_type, body):
    if method != "POST":
        return pairs(query.encode("latin-1"))
    kind, said = parameters(content_type)
    if kind == "multipart/form-data":
        if not said.get("boundary"):
            raise FormError("no boundary")
        return multipart(body, said["boundary"].encode("latin-1"))
    if kind == "application/x-www-form-urlencoded":
        return pairs(body)
    raise FormError("what is that?")
