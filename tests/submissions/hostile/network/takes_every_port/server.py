# EXPECT: graded 100
# Attacks its neighbours' ports: it takes a hundred more than it was given.
import contextlib
import socket
import sys


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
    taken = []
    for port in range(int(sys.argv[2]) + 1, int(sys.argv[2]) + 101):
        with contextlib.suppress(OSError):
            taken.append(socket.create_server((sys.argv[1], port)))
    serve(sys.argv[1], int(sys.argv[2]))
