"""An echo server: every byte that a client sends comes back to it.

Run it with `python3 server.py HOST PORT`; Ctrl-C stops it.
"""

import socket
import sys


def echo(connection: socket.socket) -> None:
    """Sends every byte that arrives on `connection` back, as it arrives, until the client's end of stream.

    Raises OSError when the connection breaks. It does not close `connection`: that is up to the caller.
    """
    while chunk := connection.recv(65536):  # b"": the client has ended its sending
        connection.sendall(chunk)


def serve(host: str, port: int) -> None:
    """Listens on `port` of `host` (a name or an IPv4 address), and serves client after client until stopped.

    Each connection is closed explicitly. A connection that breaks (OSError) does no harm to the next client.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        # Without this a restarted server finds its port taken by the connections of the old one.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        while True:
            connection, _ = listener.accept()
            try:
                echo(connection)
            except OSError as error:
                print(f"A client is lost: {error}", file=sys.stderr)
            finally:
                connection.close()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
