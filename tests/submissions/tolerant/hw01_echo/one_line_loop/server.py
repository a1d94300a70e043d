# EXPECT: all pass
# As short as it gets: everything under the guard.
import socket
import sys

if __name__ == "__main__":
    listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
    while True:
        with listener.accept()[0] as connection:
            try:
                for chunk in iter(lambda: connection.recv(999), b""):
                    connection.sendall(chunk)
            except OSError:
                pass
