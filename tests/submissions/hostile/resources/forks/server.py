# EXPECT: graded 100
# Attacks the machine's processes: it forks until it may not, and serves none the worse.
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
    for _ in range(500):  # bounded, for whoever runs this by mistake
        try:
            if os.fork() == 0:
                signal.pause()
        except OSError:
            break
    serve(sys.argv[1], int(sys.argv[2]))
