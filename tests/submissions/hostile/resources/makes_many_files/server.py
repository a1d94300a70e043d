# EXPECT: graded 100
# Attacks a limit on bytes with files of none: it makes as many as it can, before it serves.
import contextlib
import os
import socket
import sys
import tempfile


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
    with tempfile.TemporaryDirectory() as folder:
        with contextlib.suppress(OSError):
            for number in range(5000):
                os.close(os.open(os.path.join(folder, str(number)), os.O_CREAT))
        serve(sys.argv[1], int(sys.argv[2]))
