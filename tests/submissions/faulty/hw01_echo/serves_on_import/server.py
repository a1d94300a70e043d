# EXPECT: fail import_starts_nothing
# A script from top to bottom, without the question who runs it.
import socket
import sys

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((sys.argv[1], int(sys.argv[2])))
listener.listen()
while True:
    connection, _ = listener.accept()
    try:
        while data := connection.recv(4096):
            connection.sendall(data)
    except OSError:
        pass
    finally:
        connection.close()
