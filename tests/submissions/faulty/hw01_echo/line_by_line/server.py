# EXPECT: fail one_byte
# Reads lines, so that bytes without a newline wait in its buffer.
import socket
import sys


def handle(connection):
    with connection.makefile("rb") as lines:
        for line in lines:
            connection.sendall(line)


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            handle(connection)
        except OSError:
            print("client left")
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
