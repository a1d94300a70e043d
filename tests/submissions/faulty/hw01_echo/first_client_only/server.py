# EXPECT: fail next_client
# Accepts once: the accept() stands before the loop.
import socket
import sys


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    connection, _ = listener.accept()
    with connection:
        while True:
            data = connection.recv(4096)
            if not data:
                break
            connection.sendall(data)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
