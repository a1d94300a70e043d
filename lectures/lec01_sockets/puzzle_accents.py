"""Puzzle: it echoes all that I type, but in Paris it crashes, and only sometimes."""

import socket

from stage import arrived, heading, pair, tell


def echo(connection: socket.socket) -> None:
    while True:
        text = connection.recv(4096).decode()
        if text == "":
            break
        connection.sendall(text.encode())
    connection.close()


if __name__ == "__main__":
    heading("A word, in two pieces")
    with pair() as (client, server):
        client.sendall(b"caf\xc3")
        arrived(server, 4)
        try:
            echo(server)
        except UnicodeDecodeError as error:
            tell("server", f"decode() raises {type(error).__name__}")
        client.sendall(b"\xa9\r\n")
