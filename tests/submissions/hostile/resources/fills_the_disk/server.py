# EXPECT: graded 100
# Attacks the machine's disk: it fills every folder in which it may write, before it serves.
import contextlib
import os
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
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/run", "."):
        with contextlib.suppress(OSError), open(os.path.join(folder, "filler"), "wb") as file:
            pathlib.Path(file.name).unlink()  # the space goes with this process, whoever runs it
            for _ in range(64):  # MiB: bounded, for whoever runs this by mistake
                file.write(bytes(1 << 20))
    serve(sys.argv[1], int(sys.argv[2]))
