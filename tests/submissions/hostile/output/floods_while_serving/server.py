# EXPECT: graded 100
# Attacks whoever reads the output through a pipe: 100 kB for each client, and nobody need read it.
import socket
import sys


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                print("flood " * 16_000)
                try:
                    while chunk := connection.recv(65536):
                        connection.sendall(chunk)
                except OSError:
                    pass


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
