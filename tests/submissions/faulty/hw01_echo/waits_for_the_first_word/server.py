# EXPECT: fail silent_visitor
# "Something must come first": recv() is called again and again until it returns a byte.
import socket
import sys


def first_word(connection):
    data = b""
    while not data:
        data = connection.recv(4096)
    return data


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            data = first_word(connection)
            while data:
                connection.sendall(data)
                data = connection.recv(4096)
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
