# EXPECT: all pass
# 64 bytes at a time.
import socket
import sys


def echo(connection):
    while True:
        few = connection.recv(64)
        if not few:
            break
        connection.sendall(few)


def serve(host, port):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(1)
    while True:
        connection, _ = listener.accept()
        try:
            echo(connection)
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
