# EXPECT: fail several_messages line_ends
# Adds each piece to what came before and sends the whole of it again. (line_ends sends several messages as well.)
import socket
import sys


def echo(connection):
    data = bytearray()
    while True:
        piece = connection.recv(4096)
        if not piece:
            break
        data += piece
        if len(data) > 1 << 20:
            raise OSError("the client sends too much")
        connection.sendall(data)


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            echo(connection)
        except OSError as problem:
            print(problem)
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
