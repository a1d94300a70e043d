# EXPECT: fail reset_while_writing
# The try stands around recv() alone.
import socket
import sys


def receive(connection):
    try:
        return connection.recv(4096)
    except ConnectionError:
        return b""


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        while data := receive(connection):
            connection.sendall(data)
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
