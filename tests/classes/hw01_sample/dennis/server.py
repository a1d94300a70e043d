# Echo, the Unix way: one process per client.
import os
import signal
import socket
import sys


def echo(connection):
    while buf := connection.recv(512):
        connection.sendall(buf)


def serve(host, port):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((host, port))
    s.listen(5)
    while True:
        fd, peer = s.accept()
        if os.fork() == 0:
            s.close()
            try:
                echo(fd)
            except OSError as e:
                print(peer, e, file=sys.stderr)
            os._exit(0)
        fd.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
