# EXPECT: fail many_segments
# "Nobody needs more than twenty": the loop has a fixed number of turns.
import socket
import sys

TURNS = 20
SIZE = 1024 * 1024


def echo(connection):
    for _ in range(TURNS):
        data = connection.recv(SIZE)
        if not data:
            break
        connection.sendall(data)


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
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
