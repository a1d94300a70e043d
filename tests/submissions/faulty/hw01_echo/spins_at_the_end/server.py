# EXPECT: fail closes
# Does not look for b"": at the end of the stream it goes round and round.
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
                connection.sendall(connection.recv(1024))
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
