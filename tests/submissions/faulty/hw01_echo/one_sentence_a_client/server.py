# EXPECT: fail several_messages
# Echoes until a message holds more than white space: that one was "the message", and it closes.
import socket
import sys


def converse(connection):
    while True:
        message = connection.recv(1 << 20)
        connection.sendall(message)
        if message.strip() or not message:
            return


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            converse(connection)
        except OSError:
            pass
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
