# EXPECT: all pass
# A thread for each client, in which a reset is a traceback on stderr and nothing worse.
import socket
import sys
from threading import Thread


class Client(Thread):
    def __init__(self, connection):
        super().__init__()
        self.connection = connection

    def run(self):
        with self.connection as connection:
            while chunk := connection.recv(8192):
                connection.sendall(chunk)


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        Client(connection).start()
        del connection


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
