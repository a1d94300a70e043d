import socket
import sys


def echo(connection):
    while True:
        data = connection.recv(4096)
        if not data:
            return
        connection.sendall(data)


def serve(host, port):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.bind((host, port))
    except OSError as error:
        print("cannot use this port, wait a minute and try again:", error)
        sys.exit(1)
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            echo(connection)
        except OSError as error:
            print(error)
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
