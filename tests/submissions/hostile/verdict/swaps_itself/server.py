# EXPECT: graded 100
# Attacks a submission that is judged more than once: it tries to replace itself by another program while it runs.
import pathlib
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
    try:
        pathlib.Path(__file__).write_text("print('swapped')\n")
    except OSError:
        pass  # as it should be
    serve(sys.argv[1], int(sys.argv[2]))
