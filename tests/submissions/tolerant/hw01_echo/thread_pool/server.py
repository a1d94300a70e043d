# EXPECT: all pass
# Four workers take turns.
import socket
import sys
from concurrent.futures import ThreadPoolExecutor


def echo(connection):
    with connection:
        while chunk := connection.recv(1 << 20):
            connection.sendall(chunk)


def serve(host, port):
    with socket.create_server((host, port), backlog=5) as listener, ThreadPoolExecutor(4) as pool:
        while True:
            pool.submit(echo, listener.accept()[0])


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
