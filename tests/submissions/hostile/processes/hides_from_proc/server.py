# EXPECT: graded 100
# Attacks the judge's view of its threads: a process that is not dumpable belongs to root in /proc. It serves well.
import ctypes
import socket
import sys

PR_SET_DUMPABLE = 4


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    while chunk := connection.recv(65536):
                        connection.sendall(chunk)
                except OSError:
                    pass


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    serve(sys.argv[1], int(sys.argv[2]))
