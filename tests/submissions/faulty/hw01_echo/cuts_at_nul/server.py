# EXPECT: fail nul_bytes
# Thinks in C: a string ends at its first NUL.
import socket
import sys

buffer = bytearray(4096)


def c_string(length):
    return bytes(buffer[:length]).split(b"\0")[0]


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            while length := connection.recv_into(buffer):
                connection.sendall(c_string(length))
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
