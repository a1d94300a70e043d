# EXPECT: graded 13
# Attacks a pytest that looks for files beside the submission: conftest.py, pytest.ini, a plugin by entry point.
import socket
import sys


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                while chunk := connection.recv(4096):
                    connection.sendall(chunk.upper())


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
