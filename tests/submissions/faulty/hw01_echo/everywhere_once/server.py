# EXPECT: fail given_address restart
# Two small slips: every address, and no SO_REUSEADDR.
import socket
import sys


def serve(port):
    listener = socket.socket()
    listener.bind(("0.0.0.0", port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            while data := connection.recv(4096):
                connection.sendall(data)
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(int(sys.argv[2]))
