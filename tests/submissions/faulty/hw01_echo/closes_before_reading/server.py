# EXPECT: fail short_message
# Hands the connection to a thread and closes it in the loop, before the thread has read anything.
import socket
import sys
import threading


def echo(connection, accepted):
    accepted.wait()
    try:
        while chunk := connection.recv(4096):
            connection.sendall(chunk)
    except OSError:
        pass


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            connection, _ = listener.accept()
            accepted = threading.Event()
            threading.Thread(target=echo, args=(connection, accepted)).start()
            connection.close()
            accepted.set()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
