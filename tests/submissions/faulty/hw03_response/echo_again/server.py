# EXPECT: fail status_line closes waits_for_the_head
# The server of homework 1, as it was.
import socket
import sys


def main():
    with socket.create_server((sys.argv[1], int(sys.argv[2]))) as listener:
        while True:
            connection, _ = listener.accept()
            try:
                while chunk := connection.recv(65536):
                    connection.sendall(chunk)
            except OSError:
                pass
            finally:
                connection.close()


if __name__ == "__main__":
    main()
