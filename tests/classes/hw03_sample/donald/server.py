import socket
import sys

BODY = "<html><body>Grüß Gott, 世界!</body></html>".encode("utf-8")
HEAD = b"\r\n".join(
    [
        b"HTTP/1.1 200 OK",
        b"Content-Type: text/html; charset=utf-8",
        b"Content-Length: %d" % len(BODY),
        b"Connection: close",
        b"",
        b"",
    ]
)


def main(host, port):
    server = socket.create_server((host, port))
    while True:
        conn, addr = server.accept()
        try:
            request = conn.recv(65536)  # a request is never that long
            if request:
                conn.sendall(HEAD + BODY)
            conn.shutdown(socket.SHUT_WR)
            while conn.recv(65536):
                pass
        except OSError:
            pass
        conn.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
