# EXPECT: fail import_starts_nothing
# The loop is guarded, the listening socket is not.
import socket
import sys

LISTENER = socket.create_server((sys.argv[1], int(sys.argv[2])))


def serve():
    while True:
        connection, _ = LISTENER.accept()
        with connection:
            try:
                while data := connection.recv(4096):
                    connection.sendall(data)
            except OSError:
                pass


if __name__ == "__main__":
    serve()
