# EXPECT: fail large_message
# Protects itself: after 512 KiB a client has had enough.
import socket
import sys

LIMIT = 512 * 1024


def echo(connection):
    total = 0
    while total < LIMIT:
        data = connection.recv(8192)
        if not data:
            break
        connection.sendall(data)
        total += len(data)


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            echo(connection)
        except OSError:
            pass
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
