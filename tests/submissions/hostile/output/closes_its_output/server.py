# EXPECT: graded 100
# Attacks a judge that waits for the end of the output: all three standard streams are closed.
import os
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
    for descriptor in (0, 1, 2):
        os.close(descriptor)
        os.open(os.devnull, os.O_RDWR)
    serve(sys.argv[1], int(sys.argv[2]))
