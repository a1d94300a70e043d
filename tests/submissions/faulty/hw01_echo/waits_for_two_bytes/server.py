# EXPECT: fail one_byte
# "A message has at least two bytes": with fewer it goes back to recv().
import socket
import sys


def receive(connection):
    data = b""
    while len(data) < 2:
        more = connection.recv(4096)
        if not more:
            break
        data += more
    return data


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            while message := receive(connection):
                connection.sendall(message)
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
