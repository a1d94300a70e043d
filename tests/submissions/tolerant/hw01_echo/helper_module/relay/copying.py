"""From a socket back to the same socket."""


def relay(connection):
    """Sends back what comes, until there is no more or nobody."""
    try:
        while chunk := connection.recv(16384):
            connection.sendall(chunk)
    except OSError:
        pass
