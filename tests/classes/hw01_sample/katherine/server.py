import socket
import sys


def read_line(connection):
    line = b""
    while not line.endswith(b"\n"):
        line += connection.recv(1024)
    return line


def echo(connection):
    line = read_line(connection)
    while line:
        connection.sendall(line)
        line = read_line(connection)


def serve(host, port):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((host, port))
    server.listen()
    while True:
        connection, _ = server.accept()
        try:
            echo(connection)
        except OSError as error:
            print(error)
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
