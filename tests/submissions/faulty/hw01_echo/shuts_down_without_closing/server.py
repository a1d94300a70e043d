# EXPECT: fail many_clients
# shutdown() ends the conversation, and not the descriptor: a list keeps them all.
import socket
import sys

visitors = []


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, address = listener.accept()
        visitors.append((address, connection))
        try:
            while data := connection.recv(4096):
                connection.sendall(data)
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            print("lost visitor", len(visitors))


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
