# EXPECT: fail short_message
# Welcomes each client with a line that nobody asked for.
import socket
import sys


def echo(connection):
    connection.sendall(b"Welcome to the echo server!\r\n")
    while chunk := connection.recv(1024):
        connection.sendall(chunk)


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    echo(connection)
                except OSError as error:
                    print(error)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
