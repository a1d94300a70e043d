"""A server listens on an address: clients that use another one do not reach it."""

import socket

LOOPBACK = ("127.0.0.1", "127.0.0.2")


def call(host: str, port: int) -> str:
    """What a client meets at this address."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError as error:
        return type(error).__name__
    return "is connected"


if __name__ == "__main__":
    for listens_on in (*LOOPBACK, ""):
        with socket.create_server((listens_on, 0)) as listener:
            _, port = listener.getsockname()
            print(f"\n# The server listens on {listens_on!r}")
            for host in LOOPBACK:
                print(f"a client that calls {host}: {call(host, port)}")
