import socket
import sys


def echo(connection: socket.socket) -> None:
    while chunk := connection.recv(65536):
        connection.sendall(chunk)


def serve(host: str, port: int) -> None:
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                echo(connection)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
