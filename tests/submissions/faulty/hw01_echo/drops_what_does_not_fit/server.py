# EXPECT: fail reads_late
# A non-blocking send() whose BlockingIOError is taken for "sent, more or less".
import select
import socket
import sys


def echo(connection):
    connection.setblocking(False)
    while True:
        select.select([connection], [], [])
        data = connection.recv(65536)
        if not data:
            return
        try:
            connection.send(data)
        except BlockingIOError:
            pass


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
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
