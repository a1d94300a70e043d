# EXPECT: all pass
# Three processes accept from one listener.
import os
import socket
import sys


def work(listener):
    while True:
        connection, _ = listener.accept()
        with connection:
            try:
                while chunk := connection.recv(65536):
                    connection.sendall(chunk)
            except OSError:
                pass


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        for _ in range(2):
            if os.fork() == 0:
                break
        work(listener)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
