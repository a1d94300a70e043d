"""Two programs that both send and do not read wait for each other forever."""

import socket
from concurrent.futures import ThreadPoolExecutor

from receiving import count
from stage import connected

DATA = bytes(16 << 20)  # 16 MiB: more than the two kernels' buffers hold


def sends_first(connection: socket.socket) -> str:
    """Send everything; only then read everything."""
    connection.settimeout(0.2)  # without it this program would never end
    try:
        connection.sendall(DATA)
    except TimeoutError:
        return "has sent a part, and waits for the other to read"
    return f"has sent all, and received {count(connection):,} bytes"


def reads_meanwhile(connection: socket.socket) -> str:
    """Send everything, and read in a second thread at the same time."""
    with ThreadPoolExecutor() as reader:
        total = reader.submit(count, connection)
        connection.sendall(DATA)
        connection.shutdown(socket.SHUT_WR)
    return f"has sent all, and received {total.result():,} bytes"


if __name__ == "__main__":
    for manner in (sends_first, reads_meanwhile):
        client, server = connected()
        with client, server, ThreadPoolExecutor(2) as both:
            left, right = both.map(manner, (client, server))
        print(f"\n# {manner.__name__}\nclient {left}\nserver {right}")
