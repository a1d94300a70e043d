# EXPECT: graded 100
# Attacks the judge's processes: it kills everything that it can reach, and serves.
import contextlib
import os
import signal
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
    if os.getpid() < 10:  # in the box, that is: elsewhere this would harm whoever runs it
        for process in (-1, 1):  # everything that may be signalled, and the box's first process
            for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):
                with contextlib.suppress(OSError):
                    os.kill(process, number)
    serve(sys.argv[1], int(sys.argv[2]))
