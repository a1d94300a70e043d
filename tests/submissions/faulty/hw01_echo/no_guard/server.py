# EXPECT: fail reset_while_reading reset_while_writing
# No try at all: the first reset ends the server.
import socket
import sys


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                while data := connection.recv(4096):
                    connection.sendall(data)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
