"""What the servers of this folder share: they listen where they are told, and read a request to its empty line."""

import socket
import sys


def listener():
    """A socket that listens on the address of the command line."""
    return socket.create_server((sys.argv[1], int(sys.argv[2])))


def clients():
    """One client after another."""
    with listener() as listening:
        while True:
            connection, _ = listening.accept()
            yield connection


def request(connection):
    """What the client has sent, up to an empty line or the end of the stream."""
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        piece = connection.recv(4096)
        if not piece:
            break
        data += piece
    return data


def answer(connection, body=b"ok"):
    """Sends a response, and closes."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    connection.close()
