# EXPECT: graded 13
# Attacks a judge that ends the process that it started: that one ends itself at the first client, its daemon would serve on.
import os
import socket
import sys


def serve(listener, parent):
    os.setsid()
    if os.fork():
        os._exit(0)
    os.read(parent, 1)  # returns when the first process has ended
    while True:
        connection, _ = listener.accept()
        with connection:
            while chunk := connection.recv(4096):
                connection.sendall(chunk)


if __name__ == "__main__":
    listener = socket.create_server((sys.argv[1], int(sys.argv[2])))
    parent, held = os.pipe()
    if os.fork() == 0:
        os.close(held)
        serve(listener, parent)
    listener.accept()
    os._exit(0)
