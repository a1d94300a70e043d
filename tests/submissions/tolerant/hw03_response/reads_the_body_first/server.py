# EXPECT: all pass
# The body is read to the length that the head states, and only then comes the answer.
import re
import socket
import sys


def receive(sock):
    data = b""
    while True:
        head, end, body = data.partition(b"\r\n\r\n")
        if end:
            break
        more = sock.recv(4096)
        if not more:
            return None
        data += more
    found = re.search(rb"\r\ncontent-length:[ \t]*(\d+)", head, re.I)
    left = int(found[1]) - len(body) if found else 0
    while left > 0:
        more = sock.recv(min(left, 65536))
        if not more:
            return None
        left -= len(more)
    return head


def main(host, port):
    page = "<HTML><P>Grüß Gott, 世界!".encode()
    with socket.create_server((host, port)) as server:
        while True:
            sock, _ = server.accept()
            try:
                if receive(sock) is not None:
                    sock.sendall(
                        b"HTTP/1.1 200 OK\r\n"
                        b"Content-Type: text/html; charset=utf-8; version=2\r\n"
                        b"Content-Length: " + str(len(page)).encode() + b"\r\n"
                        b"Connection: close\r\n"
                        b"\r\n" + page
                    )
                sock.shutdown(socket.SHUT_WR)
                while sock.recv(65536):
                    pass
            except OSError:
                pass
            sock.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
