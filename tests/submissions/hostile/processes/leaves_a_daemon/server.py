# EXPECT: graded 100
# Attacks whoever comes after it: it serves well, and leaves a daemon behind that holds another port.
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
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGABRT):
                signal.signal(number, signal.SIG_IGN)
            with socket.create_server((sys.argv[1], int(sys.argv[2]) + 1)):
                while True:
                    signal.pause()
        os._exit(0)
    os.wait()
    serve(sys.argv[1], int(sys.argv[2]))
