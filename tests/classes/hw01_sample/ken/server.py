import socket
import sys


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, addr = listener.accept()
        while True:
            data = connection.recv(1024)
            print("got", data)
            connection.sendall(data)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
