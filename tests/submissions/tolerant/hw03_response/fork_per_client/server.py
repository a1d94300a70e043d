# EXPECT: all pass
# A process for each client.
import os
import signal
import socket
import sys

PAGE = "<p>Grüß Gott, 世界!</p>\r\n".encode()


def child(sock):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = sock.recv(1024)
        if not piece:
            return
        data += piece
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(PAGE)}\r\nConnection: close\r\n\r\n"
    sock.sendall(head.encode() + PAGE)
    sock.shutdown(socket.SHUT_WR)
    while sock.recv(65536):
        pass


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = socket.create_server((sys.argv[1], int(sys.argv[2])))
    while True:
        sock, _ = server.accept()
        if os.fork() == 0:
            server.close()
            try:
                child(sock)
            finally:
                os._exit(0)
        sock.close()


if __name__ == "__main__":
    main()
