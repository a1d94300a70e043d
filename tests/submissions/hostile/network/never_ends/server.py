# EXPECT: graded 13
# Attacks a client that reads until the end: the answer is right, and goes on for ever.
import socket
import sys


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    chunk = connection.recv(4096)
                    while chunk:
                        connection.sendall(chunk)
                except OSError:
                    pass


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
