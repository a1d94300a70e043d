# EXPECT: fail reset_while_reading
# The try stands around sendall() alone.
import socket
import sys


def echo(connection):
    while True:
        data = connection.recv(4096)
        if not data:
            return
        try:
            connection.sendall(data)
        except OSError:
            return


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        echo(connection)
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
