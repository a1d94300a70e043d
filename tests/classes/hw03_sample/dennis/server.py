import socket
import sys

RESPONSE = """HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8
Content-Length: {length}
Connection: close

{page}"""
PAGE = "<p>Grüß Gott, 世界!</p>"


def handle(c):
    buf = b""
    while buf.find(b"\r\n\r\n") < 0:
        got = c.recv(512)
        if not got:
            return
        buf += got
    c.sendall(RESPONSE.format(length=len(PAGE.encode()), page=PAGE).encode())
    c.shutdown(socket.SHUT_WR)
    while c.recv(512):
        continue


def main():
    s = socket.create_server((sys.argv[1], int(sys.argv[2])))
    while True:
        c, _ = s.accept()
        try:
            handle(c)
        except OSError:
            pass
        c.close()


if __name__ == "__main__":
    main()
