# EXPECT: fail body_length
# A template in three quotes, with its LF made CRLF everywhere, also in the body, after it was counted.
import socket
import sys

TEMPLATE = """HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8
Content-Length: {}
Connection: close

{}"""
PAGE = """<html>
<body>
<p>Grüß Gott, 世界!</p>
</body>
</html>
"""


def main():
    server = socket.create_server((sys.argv[1], int(sys.argv[2])))
    while True:
        conn, _ = server.accept()
        try:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = conn.recv(4096)
                if not piece:
                    break
                head += piece
            else:
                text = TEMPLATE.format(len(PAGE.encode()), PAGE)
                conn.sendall(text.replace("\n", "\r\n").encode())
                conn.shutdown(socket.SHUT_WR)
                while conn.recv(65536):
                    pass
        except OSError:
            pass
        conn.close()


if __name__ == "__main__":
    main()
