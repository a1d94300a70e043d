# EXPECT: fail nul_bytes
# Takes the NULs at the end of a piece for padding of its buffer.
import socket
import sys


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        connection, _ = listener.accept()
        with connection:
            try:
                while True:
                    buffer = bytearray(2048)
                    if not connection.recv_into(buffer):
                        break
                    connection.sendall(buffer.rstrip(b"\0"))
            except OSError:
                continue


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
