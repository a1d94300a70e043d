# EXPECT: fail closes
# No close(): the loop variable keeps the connection alive until the next client takes its place.
import socket
import sys


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            while data := connection.recv(4096):
                connection.sendall(data)
        except OSError:
            pass


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
