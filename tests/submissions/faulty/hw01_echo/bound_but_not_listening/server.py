# EXPECT: fail listens
# bind() without listen(): accept() fails with EINVAL, and the loop that "survives errors" asks again for ever.
import socket
import sys


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    while True:
        try:
            connection, _ = listener.accept()
            while chunk := connection.recv(4096):
                connection.sendall(chunk)
            connection.close()
        except OSError:
            continue


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
