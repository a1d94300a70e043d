# EXPECT: all pass
# selectors, one thread; connections stay open, and bodies go out in chunks.
import selectors
import socket
import sys

from forms import FormError, read_form
from pages import respond
from request import BadRequest, RequestParser

clients = selectors.DefaultSelector()


def answer(request):
    if request.method == "POST" and request.field("content-length") is None:
        return "411 Length Required", [], b""
    try:
        form = read_form(request.method, request.query, request.field("content-type") or "", request.body)
    except FormError:
        return "400 Bad Request", [], b"bad form"
    return respond(request.method, request.path.decode("utf-8", "replace"), form)


def chunked(status, fields, body):
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields), "Transfer-Encoding: chunked"]
    yield "\r\n".join([*lines, "", ""]).encode()
    for start in range(0, len(body), 100):
        piece = body[start : start + 100]
        yield f"{len(piece):X};piece\r\n".encode() + piece + b"\r\n"
    yield b"0\r\nX-Done: yes\r\n\r\n"


def leave(connection):
    clients.unregister(connection)
    connection.close()


def talk(connection, parser):
    try:
        data = connection.recv(5000)
        if not data:
            return leave(connection)
        request = parser.feed(data)
        while request is not None:
            connection.sendall(b"".join(chunked(*answer(request))))
            request = parser.feed(b"")
    except BadRequest as bad:
        connection.sendall(b"".join(chunked(f"{bad.status} {bad.reason}", [], b"")))
        connection.shutdown(socket.SHUT_WR)
    except OSError:
        leave(connection)


def main(host, port):
    listener = socket.create_server((host, port))
    clients.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in clients.select():
            if key.fileobj is listener:
                clients.register(listener.accept()[0], selectors.EVENT_READ, RequestParser())
            else:
                talk(key.fileobj, key.data)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
