# EXPECT: fail short_message
# Strips what it receives, out of habit: the line end is lost.
import socket
import sys


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        client, address = listener.accept()
        try:
            for message in iter(lambda: client.recv(2048), b""):
                message = message.strip()
                print(address, message)
                client.sendall(message)
        except OSError:
            pass
        client.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
