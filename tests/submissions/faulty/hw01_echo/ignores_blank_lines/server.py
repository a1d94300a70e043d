# EXPECT: fail line_ends
# Skips a message that is "empty".
import socket
import sys


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        client, _ = listener.accept()
        try:
            while True:
                message = client.recv(1024)
                if message == b"":
                    break
                if message.strip() == b"":
                    continue
                client.sendall(message)
        except OSError:
            pass
        client.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
