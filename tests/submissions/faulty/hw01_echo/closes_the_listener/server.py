# EXPECT: fail next_client
# Closes the wrong socket: the listener goes with the first client, and accept() then fails for ever.
import socket
import sys
import threading


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        try:
            connection, _ = listener.accept()
            while data := connection.recv(4096):
                connection.sendall(data)
        except OSError:
            threading.Event().wait()
        finally:
            connection.close()
            listener.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
