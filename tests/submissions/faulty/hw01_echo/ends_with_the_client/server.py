# EXPECT: fail next_client
# sys.exit() at the end of the stream: "the program is done".
import socket
import sys


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        connection, _ = listener.accept()
        while True:
            data = connection.recv(1024)
            if not data:
                connection.close()
                sys.exit()
            connection.sendall(data)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
