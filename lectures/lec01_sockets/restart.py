"""A port stays taken for a while after its server has stopped, unless the server said SO_REUSEADDR."""

import errno
import socket


def listen(host: str, port: int, reuse: bool) -> socket.socket:
    """A socket that listens there."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if reuse:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.listen()
    return listener


def again(host: str, port: int, reuse: bool) -> str:
    """What comes of one more attempt to listen there."""
    try:
        listen(host, port, reuse).close()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "works"


def restart(reuse: bool) -> None:
    """Start a server, stop it while a client is connected, and start it again."""
    listener = listen("127.0.0.1", 0, reuse)
    host, port = listener.getsockname()
    with socket.create_connection((host, port)):
        connection, _ = listener.accept()
        print(f"{reuse=}: a second server beside the first: {again(host, port, reuse)}")
        connection.close()
        listener.close()
        print(f"{reuse=}: a new server after the first: {again(host, port, reuse)}")


if __name__ == "__main__":
    restart(reuse=False)
    restart(reuse=True)
