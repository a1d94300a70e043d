# EXPECT: fail listens
# The port is passed to bind() as it came from the command line, a str: TypeError.
import socket
import sys


def serve(host, port):
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((host, port))
    server.listen()
    while True:
        connection, address = server.accept()
        with connection:
            try:
                while chunk := connection.recv(4096):
                    connection.sendall(chunk)
            except OSError:
                pass


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
