# EXPECT: fail answers_before_close
# Collects everything, and answers once the client has ended its sending.
import socket
import sys


def echo(connection):
    chunks = []
    while True:
        chunk = connection.recv(65536)
        if not chunk:
            break
        chunks.append(chunk)
    connection.sendall(b"".join(chunks))


def serve(host, port):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            echo(connection)
        except OSError as error:
            print("gone:", error)
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
