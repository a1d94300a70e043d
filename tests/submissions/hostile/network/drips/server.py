# EXPECT: graded 13
# Attacks a time limit that begins anew with each byte: the answer comes byte by byte, a second apart.
import socket
import sys
import time


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    while byte := connection.recv(1):
                        time.sleep(1)
                        connection.sendall(byte)
                except OSError:
                    pass


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
