# EXPECT: all pass
# send(), with a look at how much it has sent.
import socket
import sys


def send_all(connection, data):
    while data:
        sent = connection.send(data)
        data = data[sent:]


def serve(host, port):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(0)
    while True:
        connection, _ = listener.accept()
        try:
            data = connection.recv(4096)
            while data:
                send_all(connection, data)
                data = connection.recv(4096)
        except OSError:
            pass
        connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
