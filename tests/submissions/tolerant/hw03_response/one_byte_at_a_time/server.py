# EXPECT: all pass
# recv(1), which never reads beyond the head; the rest is drained in large pieces.
import socket
import sys

TEXT = "Grüß Gott, 世界!"


def head(c):
    last = b""
    while last != b"\r\n\r\n":
        b = c.recv(1)
        if not b:
            return False
        last = (last + b)[-4:]
    return True


def serve(host, port):
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((host, port))
    s.listen(5)
    while True:
        c, _ = s.accept()
        try:
            if head(c):
                body = f"<html>{TEXT}</html>".encode()
                c.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")
                c.send(b"Connection: close\r\nContent-Length: %d\r\n" % len(body))
                c.send(b"\r\n")
                c.send(body)
            c.shutdown(socket.SHUT_WR)
            while c.recv(65536):
                pass
        except ConnectionError:
            pass
        c.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
