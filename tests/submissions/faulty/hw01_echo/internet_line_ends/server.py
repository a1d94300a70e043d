# EXPECT: fail answers_before_close closes restart
# Sends each line back with CRLF, whatever it ended with. (All of these checks send a line that ends in LF.)
import socket
import sys


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            while data := connection.recv(4096):
                for line in data.splitlines():
                    connection.sendall(line + b"\r\n")
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
