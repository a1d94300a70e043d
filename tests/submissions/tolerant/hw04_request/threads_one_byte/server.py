# EXPECT: all pass
# A thread for each client, one byte at a time; a line feed alone is refused; no length: the end tells the end.
import socket
import sys
import threading

import request as http

KNOWN = "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH".split()


def client(sock):
    with sock:
        try:
            sock.sendall(conversation(sock))
            sock.shutdown(socket.SHUT_WR)
            while sock.recv(1 << 20):
                pass
        except OSError as error:
            print("lost", error)


def conversation(sock):
    parser = http.RequestParser()
    try:
        while not (request := parser.feed(byte := sock.recv(1))):
            if not byte:
                return b""
    except http.BadRequest as bad:
        return b"HTTP/1.0 %d %s\r\n\r\n%s" % (bad.status, bad.reason.encode(), bad.reason.encode())
    return reply(request)


def reply(request):
    if request.method not in KNOWN:
        return b"HTTP/1.0 501 Not Implemented\r\n\r\n"
    if request.path.count(b"/") != 1:
        return b"HTTP/1.0 404 Not Found\r\nDate: Tue, 03 Nov 2026 10:00:00 GMT\r\n\r\n"
    if request.method == "GET":
        name = request.path[1:] if request.path != b"/" else b""
        return b"HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + (b"hello, " + name if name else b"Hello, World!")
    return b"HTTP/1.0 405 Method Not Allowed\r\nALLOW: GET\r\n\r\nno"


if __name__ == "__main__":
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((sys.argv[1], int(sys.argv[2])))
        listening.listen(50)
        while True:
            threading.Thread(target=client, args=[listening.accept()[0]], daemon=True).start()
