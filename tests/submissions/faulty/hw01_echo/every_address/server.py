# EXPECT: fail given_address
# Binds to "", every address of the machine, whatever HOST says.
import socket
import sys


def echo(connection):
    while True:
        data = connection.recv(4096)
        if not data:
            return
        connection.sendall(data)


def serve(host, port):
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("", port))
    listener.listen(10)
    while True:
        connection, _address = listener.accept()
        try:
            echo(connection)
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
