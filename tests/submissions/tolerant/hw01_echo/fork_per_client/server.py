# EXPECT: all pass
# A process for each client, reaped by the kernel.
import os
import signal
import socket
import sys


def echo(connection):
    try:
        while chunk := connection.recv(65536):
            connection.sendall(chunk)
    except OSError:
        pass


def serve(host, port):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.create_server((host, port))
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            echo(connection)
            os._exit(0)
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
