# EXPECT: all pass
# os.read() and os.write() on the descriptor, as in C.
import os
import socket
import sys


def echo(descriptor):
    while chunk := os.read(descriptor, 4096):
        while chunk:
            chunk = chunk[os.write(descriptor, chunk) :]


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        connection, _ = listener.accept()
        descriptor = connection.detach()
        try:
            echo(descriptor)
        except OSError:
            pass
        finally:
            os.close(descriptor)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
