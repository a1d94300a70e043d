# EXPECT: all pass
# select() with a time limit on the listener, to be able to do something else now and then.
import select
import socket
import sys


def echo(connection):
    while chunk := connection.recv(4096):
        connection.sendall(chunk)


def serve(host, port):
    listener = socket.create_server((host, port))
    idle = 0
    while True:
        ready, _, _ = select.select([listener], [], [], 1.0)
        if not ready:
            idle += 1
            continue
        connection, _ = listener.accept()
        try:
            echo(connection)
        except OSError as error:
            print("after", idle, "idle seconds:", error)
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
