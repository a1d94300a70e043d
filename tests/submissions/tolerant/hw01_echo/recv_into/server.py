# EXPECT: all pass
# One buffer for all, and no copy.
import socket
import sys


def serve(host, port):
    buffer = memoryview(bytearray(65536))
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    while size := connection.recv_into(buffer):
                        connection.sendall(buffer[:size])
                except OSError as error:
                    print(error, file=sys.stderr)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
