"""send() takes what there is room for, and says how much; sendall() goes on until all is taken."""

import socket
from threading import Thread

from receiving import count
from stage import connected

DATA = bytes(16 << 20)  # 16 MiB: more than the kernel keeps for one connection


def send_once() -> None:
    """A socket that may not wait, and a peer that does not read."""
    client, server = connected()
    with client, server:
        client.setblocking(False)
        taken = client.send(DATA)
        print("one send() took", "all of it" if taken == len(DATA) else "a part, and said so")


def send_all(connection: socket.socket, data: bytes) -> None:
    """Send all of `data`, in as many calls of send() as it takes."""
    while data:
        taken = connection.send(data)
        data = data[taken:]


def send_rest() -> None:
    """A socket with a time limit, and a peer that reads in a thread of its own."""
    client, server = connected()
    totals: list[int] = []
    reader = Thread(target=lambda: totals.append(count(server)))
    with server:
        reader.start()
        with client:
            client.settimeout(30)
            send_all(client, DATA)
        reader.join()
    print(f"with send_all() {totals[0]:,} of {len(DATA):,} bytes arrived")


if __name__ == "__main__":
    send_once()
    send_rest()
