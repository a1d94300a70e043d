# EXPECT: fail full_buffers
# Believes that a message ends where recv() returns less than it was asked for.
import socket
import sys

BUFFER_SIZE = 4096


def receive_message(connection):
    message = bytearray()
    while True:
        part = connection.recv(BUFFER_SIZE)
        message += part
        if len(part) < BUFFER_SIZE:
            return message


def serve(host, port):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((host, port))
    server.listen()
    while True:
        connection, _ = server.accept()
        try:
            while message := receive_message(connection):
                connection.sendall(message)
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
