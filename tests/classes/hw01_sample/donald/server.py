import socket
import sys

BUFSIZE = 1024


def read_all(connection):
    """Reads everything that the client has sent."""
    data = bytearray()
    while True:
        part = connection.recv(BUFSIZE)
        data.extend(part)
        if len(part) < BUFSIZE:
            # either 0 or end of data
            break
    return data


def echo(connection):
    while data := read_all(connection):
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
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
