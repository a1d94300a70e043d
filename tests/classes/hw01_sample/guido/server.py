import socket
import sys


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            while True:
                data = connection.recv(1024)
                if not data:
                    break
                connection.sendall(data)
        except OSError:
            pass
        # Python closes it when it is garbage collected


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
