# EXPECT: fail closes
# Keeps every connection in a list of clients, and never closes one.
import socket
import sys

clients = []


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        client, address = listener.accept()
        clients.append(client)
        try:
            while data := client.recv(4096):
                client.sendall(data)
        except OSError:
            print("lost", address)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
