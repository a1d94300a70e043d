import socket
import sys


def echo(connection: socket.socket) -> None:
    while True:
        message = connection.recv(1024).decode("utf-8")
        if message == "":
            break
        print("got:", repr(message[:40]))
        connection.sendall(message.encode("utf-8"))


def serve(host: str, port: int) -> None:
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((host, port))
    server.listen()
    while True:
        connection, address = server.accept()
        try:
            echo(connection)
        except OSError:
            print("lost connection to", address)
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
