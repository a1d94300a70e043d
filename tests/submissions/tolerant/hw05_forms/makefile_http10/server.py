# EXPECT: all pass
# makefile() and a thread for each client; HTTP/1.0 answers without Content-Length, ended by the end of the stream.
import socket
import sys
import threading

from forms import FormError, read_form
from pages import respond


def talk(connection):
    with connection, connection.makefile("rb") as file:
        try:
            status, fields, body = answer(file)
            head = f"HTTP/1.0 {status}\r\n" + "".join(f"{name}:\t{value} \r\n" for name, value in fields)
            connection.sendall(head.encode() + b"\r\n" + body)
            connection.shutdown(socket.SHUT_WR)
            while file.read1():
                pass
        except (OSError, ValueError):
            pass


def answer(file):
    method, target, _ = file.readline().decode().split()
    length = kind = None
    while (line := file.readline()) not in (b"\r\n", b"\n", b""):
        name, value = line.decode("latin-1").split(":", 1)
        if name.lower() == "content-length":
            length = int(value)
        if name.lower() == "content-type":
            kind = value.strip()
    if length is None and method == "POST":
        return "411 ", [], b""
    if length is not None and length > 1048576:
        return "413 ", [], b""
    body = file.read(length or 0)
    if len(body) != (length or 0):
        return "400 ", [], b""
    path, _, query = target.partition("?")
    try:
        return respond(method, path, read_form(method, query, kind or "", body))
    except FormError:
        return "400 ", [], b""


if __name__ == "__main__":
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((sys.argv[1], int(sys.argv[2])))
    listener.listen(50)
    while True:
        threading.Thread(target=talk, args=(listener.accept()[0],), daemon=True).start()
