# EXPECT: graded 100
# Attacks the machine's memory: it takes all that it can get before it serves.
import socket
import sys


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            with connection:
                try:
                    while chunk := connection.recv(65536):
                        connection.sendall(chunk)
                except OSError:
                    pass


if __name__ == "__main__":
    hoard = []
    try:
        while len(hoard) < 256:  # 4 GiB: bounded, for whoever runs this by mistake
            hoard.append(bytes(16 << 20))
    except MemoryError:
        del hoard[-2:]
    serve(sys.argv[1], int(sys.argv[2]))
