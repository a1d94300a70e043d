# EXPECT: all pass
# Reads and writes through an unbuffered file object.
import socket
import sys


def echo(connection):
    with connection.makefile("rwb", buffering=0) as stream:
        while chunk := stream.read(4096):
            view = memoryview(chunk)
            while view:
                view = view[stream.write(view) :]


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    echo(connection)
                except OSError:
                    continue


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
