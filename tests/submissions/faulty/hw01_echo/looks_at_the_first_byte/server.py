# EXPECT: fail silent_visitor
# Looks at the first byte before it knows that there is one: IndexError.
import socket
import sys


def echo(connection):
    data = connection.recv(4096)
    print("first byte:", data[0])
    while data:
        connection.sendall(data)
        data = connection.recv(4096)


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
            print("client lost")
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
