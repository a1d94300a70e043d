# EXPECT: graded 13
# Attacks a client's memory: each connection is greeted with 64 MiB that nobody asked for.
import socket
import sys


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    for _ in range(64):
                        connection.sendall(b"x" * (1 << 20))
                    while chunk := connection.recv(4096):
                        connection.sendall(chunk)
                except OSError:
                    pass


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
