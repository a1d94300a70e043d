# EXPECT: fail every_byte
# Treats 0x08 and 0x7f as a terminal does: they rub out the byte before.
import socket
import sys


def edited(data):
    result = bytearray()
    for byte in data:
        if byte in (0x08, 0x7F):
            del result[-1:]
        else:
            result.append(byte)
    return result


def echo(connection):
    while data := connection.recv(4096):
        if b"\x08" in data or b"\x7f" in data:
            data = edited(data)
        connection.sendall(data)


def serve(host, port):
    with socket.create_server((host, port)) as listener:
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
