# EXPECT: all pass
# Never waits: it asks again and again whether something has come. Wasteful, and right.
import socket
import sys


def ask(call, *arguments):
    while True:
        try:
            return call(*arguments)
        except BlockingIOError:
            pass


def serve(host, port):
    listener = socket.create_server((host, port))
    listener.setblocking(False)
    while True:
        connection, _ = ask(listener.accept)
        connection.setblocking(False)
        try:
            while data := ask(connection.recv, 65536):
                while data:
                    data = data[ask(connection.send, data) :]
        except OSError:
            pass
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
