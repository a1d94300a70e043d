# EXPECT: fail every_byte
# Ends the conversation at 0x04, which is what a terminal makes of Ctrl-D.
import socket
import sys

EOT = b"\x04"


def echo(connection):
    while data := connection.recv(4096):
        if EOT in data:
            connection.sendall(data[: data.index(EOT)])
            break
        connection.sendall(data)


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    while True:
        connection, _ = listener.accept()
        try:
            echo(connection)
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
