# EXPECT: fail not_text
# Decodes with errors="replace", so that it never fails, and encodes U+FFFD.
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
                text = data.decode("utf-8", errors="replace")
                connection.sendall(text.encode("utf-8"))
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
